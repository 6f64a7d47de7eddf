package io.chromaauth.authz;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An authorization file and a token users file, as somebody might write them.
 *
 * @param roles the roles of {@code roles_mapping}
 * @param users the entries of {@code users}
 * @param inTokenFile the bounds of {@link #USER} in the token users file
 */
record PolicyText(List<RoleText> roles, List<UserText> users, Where inTokenFile) {
  /** The one person that everything is about. */
  static final String USER = "u";

  /** A host's own action, beside Chroma's. */
  static final String HOST_ACTION = "orders:read";

  /** Names as they are written; {@code *} or an absent key is no bound. */
  record Where(
      @Nullable String tenant,
      @Nullable List<String> databases,
      @Nullable List<String> collections) {
    static final Where ANYWHERE = new Where(null, null, null);

    /** Without what would contradict the other, which is a configuration fault. */
    Where besides(Where other) {
      return new Where(
          agree(tenant, other.tenant) ? tenant : null,
          databases,
          agree(collections, other.collections) ? collections : null);
    }

    private static boolean agree(@Nullable Object one, @Nullable Object two) {
      return isNone(one) || isNone(two) || Objects.equals(one, two);
    }

    private static boolean isNone(@Nullable Object names) {
      return names == null || names.equals("*") || names.equals(List.of("*"));
    }

    private List<String> entries() {
      List<String> entries = new ArrayList<>();
      if (tenant != null) {
        entries.add("tenant: " + quoted(tenant));
      }
      if (databases != null) {
        entries.add("databases: " + list(databases));
      }
      if (collections != null) {
        entries.add("collections: " + list(collections));
      }
      return entries;
    }
  }

  /**
   * What a role forbids.
   *
   * @param actions null for all of them
   */
  record Denial(@Nullable List<String> actions, Where where) {
    String yaml() {
      List<String> entries = new ArrayList<>();
      if (actions != null) {
        entries.add("actions: " + list(actions));
      }
      entries.addAll(where.entries());
      boolean oneAction = actions != null && actions.size() == 1 && entries.size() == 1;
      return oneAction && actions != null ? quoted(actions.get(0)) : mapping(entries);
    }
  }

  /** A role as it is written. */
  record RoleText(String name, List<String> actions, Where where, List<Denial> denials) {
    RoleText denying(Denial another) {
      List<Denial> more = new ArrayList<>(denials);
      more.add(another);
      return new RoleText(name, actions, where, more);
    }

    private String yaml() {
      List<String> entries = new ArrayList<>(where.entries());
      entries.add("actions: " + list(actions));
      if (!denials.isEmpty()) {
        entries.add(
            "deny: "
                + denials.stream().map(Denial::yaml).collect(Collectors.joining(", ", "[", "]")));
      }
      return name + ": " + mapping(entries);
    }
  }

  /**
   * A user as it is written.
   *
   * @param provider null for the operator's own
   */
  record UserText(@Nullable String provider, List<String> roles, Where where) {
    UserText withRoles(List<String> others) {
      return new UserText(provider, others, where);
    }

    private String yaml() {
      List<String> entries = new ArrayList<>(List.of("id: " + USER));
      if (provider != null) {
        entries.add("provider: " + provider);
      }
      if (roles.size() == 1) {
        entries.add("role: " + roles.get(0));
      } else if (!roles.isEmpty()) {
        entries.add("roles: " + list(roles));
      }
      entries.addAll(where.entries());
      return mapping(entries);
    }
  }

  /** The authorization file. */
  String rules() {
    return "roles_mapping:"
        + (roles.isEmpty() ? " {}\n" : "\n")
        + roles.stream().map(role -> "  " + role.yaml() + "\n").collect(Collectors.joining())
        + "users:"
        + (users.isEmpty() ? " []\n" : "\n")
        + users.stream().map(user -> "- " + user.yaml() + "\n").collect(Collectors.joining());
  }

  /** The token users file. */
  String tokenUsers() {
    List<String> entries = new ArrayList<>(List.of("id: " + USER, "tokens: [u-token]"));
    entries.addAll(inTokenFile.entries());
    return "users:\n- " + mapping(entries) + "\n";
  }

  PolicyText withRoles(List<RoleText> others) {
    return new PolicyText(others, users, inTokenFile);
  }

  PolicyText withUsers(List<UserText> others) {
    return new PolicyText(roles, others, inTokenFile);
  }

  /** The same for settings alone, which know no host. */
  PolicyText withoutHostActions() {
    List<RoleText> known =
        roles.stream()
            .map(
                role ->
                    new RoleText(
                        role.name(),
                        known(role.actions()),
                        role.where(),
                        role.denials().stream().map(PolicyText::known).toList()))
            .toList();
    return withRoles(known);
  }

  private static Denial known(Denial denial) {
    List<String> actions = denial.actions();
    return actions == null ? denial : new Denial(known(actions), denial.where());
  }

  private static List<String> known(List<String> actions) {
    return actions.stream()
        .map(action -> action.startsWith("orders:") ? "system:metrics" : action)
        .toList();
  }

  @Override
  public String toString() {
    return "\n" + rules() + "token users file:\n" + tokenUsers();
  }

  private static String mapping(List<String> entries) {
    return "{" + String.join(", ", entries) + "}";
  }

  private static String list(List<String> names) {
    return names.stream().map(PolicyText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
