package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.authz.PolicyText.Denial;
import io.chromaauth.authz.PolicyText.RoleText;
import io.chromaauth.authz.PolicyText.Where;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Section 4 of the design, read word for word and evaluated without any thought of speed, to be
 * compared with the real thing.
 *
 * @param roles the roles that are defined, by name
 * @param names the names of the roles that the identity has
 * @param bounds all the bounds that hold for the user, whatever file or claim they stand in
 */
record NaiveRules(Map<String, RoleText> roles, Set<String> names, List<Where> bounds) {
  private static final Set<String> READS =
      Set.of(
          "tenant:get_tenant",
          "db:get_database",
          "db:list_databases",
          "db:list_collections",
          "db:count_collections");

  /** Everybody's: they are done nowhere, whatever the request names. */
  private static final Set<String> GLOBAL =
      Set.of("system:reset", "tenant:create_tenant", "tenant:update_tenant");

  private static final Map<String, List<String>> IMPLIED =
      Map.of(
          "collection:query", List.of("collection:search"),
          "collection:get_collection", List.of("collection:get_collection_by_crn"),
          "db:reset", List.of("system:reset"));

  private static final Map<String, List<String>> ALSO_DENIED =
      Map.of("db:create_collection", List.of("db:get_or_create_collection"));

  /** Any matching deny refuses; one single role must give the action and hold the resource. */
  boolean allows(AuthzAction action, AuthzResource resource) {
    boolean denied =
        held().stream()
            .flatMap(role -> role.denials().stream())
            .anyMatch(denial -> denies(denial, action, resource));
    boolean within = bounds.stream().allMatch(where -> fits(where, action, resource));
    return !denied
        && within
        && held().stream()
            .filter(role -> names(role.actions(), action.wireName()))
            .anyMatch(role -> fits(role.where(), action, resource));
  }

  /** The levels on which a user entry, a claim, a role or a denial bounds the identity. */
  Set<Level> levels() {
    Set<Level> levels = EnumSet.noneOf(Level.class);
    for (Level level : Level.values()) {
      boolean byUser = bounds.stream().anyMatch(where -> names(where, level) != null);
      boolean byRole =
          held().stream()
              .anyMatch(
                  role ->
                      names(role.where(), level) != null
                          || role.denials().stream()
                              .anyMatch(d -> names(d.where(), level) != null));
      if (byUser || byRole) {
        levels.add(level);
      }
    }
    return levels;
  }

  /** A role that nobody defined counts as none. */
  private List<RoleText> held() {
    return roles.values().stream().filter(role -> names.contains(role.name())).toList();
  }

  private static boolean fits(Where where, AuthzAction action, AuthzResource resource) {
    for (Level level : Level.values()) {
      List<String> allowed = names(where, level);
      String name = GLOBAL.contains(action.wireName()) ? null : resource.at(level);
      if (allowed == null) {
        continue;
      }
      if (name == null ? !mayStayUnnamed(action, resource) : !holds(level, allowed, name)) {
        return false;
      }
    }
    return true;
  }

  /** A level that it names and the request does not might be there, unless that level is open. */
  private static boolean denies(Denial denial, AuthzAction action, AuthzResource resource) {
    if (denial.actions() != null && !denies(denial.actions(), action.wireName())) {
      return false;
    }
    for (Level level : Level.values()) {
      List<String> denied = names(denial.where(), level);
      String name = GLOBAL.contains(action.wireName()) ? null : resource.at(level);
      if (denied == null) {
        continue;
      }
      if (name == null ? mayStayUnnamed(action, resource) : !holds(level, denied, name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayStayUnnamed(AuthzAction action, AuthzResource resource) {
    boolean leftOpen = resource.partial() && !GLOBAL.contains(action.wireName());
    return leftOpen || READS.contains(action.wireName());
  }

  private static boolean holds(Level level, List<String> names, String name) {
    return level == Level.COLLECTION
        ? names.stream().anyMatch(pattern -> pattern(pattern).matcher(name).matches())
        : names.contains(name);
  }

  private static Pattern pattern(String text) {
    String regex =
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  /** Null where there is no bound. */
  private static @Nullable List<String> names(Where where, Level level) {
    List<String> names =
        switch (level) {
          case TENANT -> where.tenant() == null ? null : List.of(where.tenant());
          case DATABASE -> where.databases();
          case COLLECTION -> where.collections();
        };
    return names == null || names.equals(List.of("*")) ? null : names;
  }

  private static boolean denies(List<String> written, String action) {
    return names(written, action)
        || ALSO_DENIED.entrySet().stream()
            .anyMatch(e -> names(written, e.getKey()) && e.getValue().contains(action));
  }

  private static boolean names(List<String> written, String action) {
    return written.stream()
        .anyMatch(
            entry ->
                entry.equals("*")
                    || entry.equals(action)
                    || (entry.endsWith(":*")
                        && action.startsWith(entry.substring(0, entry.length() - 1)))
                    || IMPLIED.getOrDefault(entry, List.of()).contains(action));
  }
}
