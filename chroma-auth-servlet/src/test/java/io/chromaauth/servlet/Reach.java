package io.chromaauth.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One identity's bounds as they are written, and, without any of our code, what lies within them.
 *
 * @param user the user's own
 * @param roles one for each of its roles; each grants its actions within its own
 * @param denied what its first role denies: every action there
 */
record Reach(Area user, List<Area> roles, List<Area> denied) {

  /**
   * A part of everything; null at a level is no bound there.
   *
   * @param collections patterns, in which {@code *} stands for any text
   */
  record Area(
      @Nullable String tenant,
      @Nullable List<String> databases,
      @Nullable List<String> collections) {
    static final Area EVERYTHING = new Area(null, null, null);

    boolean holds(String inTenant, @Nullable String database, @Nullable String collection) {
      return (tenant == null || tenant.equals(inTenant))
          && (databases == null || database == null || databases.contains(database))
          && (collections == null || collection == null || matchesAny(collections, collection));
    }

    private static boolean matchesAny(List<String> patterns, String name) {
      return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
      if (pattern.isEmpty() || name.isEmpty()) {
        return name.isEmpty() && pattern.replace("*", "").isEmpty();
      }
      return pattern.charAt(0) == '*'
          ? matches(pattern.substring(1), name) || matches(pattern, name.substring(1))
          : pattern.charAt(0) == name.charAt(0) && matches(pattern.substring(1), name.substring(1));
    }

    boolean isEverything() {
      return equals(EVERYTHING);
    }

    List<String> entries() {
      List<String> entries = new ArrayList<>();
      if (tenant != null) {
        entries.add("tenant: '" + tenant + "'");
      }
      if (databases != null) {
        entries.add("databases: " + list(databases));
      }
      if (collections != null) {
        entries.add("collections: " + list(collections));
      }
      return entries;
    }

    private static String list(List<String> names) {
      return names.stream().collect(Collectors.joining("', '", "['", "']")).replace("['']", "[]");
    }
  }

  /** Whether a tenant, a database of it or a collection of that is within the bounds. */
  boolean holds(String tenant, @Nullable String database, @Nullable String collection) {
    return user.holds(tenant, database, collection)
        && roles.stream().anyMatch(role -> role.holds(tenant, database, collection))
        && denied.stream().noneMatch(area -> isDenied(area, tenant, database, collection));
  }

  /** Denied is what lies in the area on every level that it names, not what only holds such. */
  private static boolean isDenied(
      Area area, String tenant, @Nullable String database, @Nullable String collection) {
    return (area.databases == null || database != null)
        && (area.collections == null || collection != null)
        && area.holds(tenant, database, collection);
  }

  /** Whether anything lies outside: one role without bounds gives what the others do not. */
  boolean isBounded() {
    return !user.isEverything()
        || roles.stream().noneMatch(Area::isEverything)
        || !denied.isEmpty();
  }

  /** The roles of the authorization file, one line each; each grants these actions. */
  String roleLines(List<String> actions) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < roles.size(); i++) {
      String deny =
          i > 0 || denied.isEmpty()
              ? ""
              : denied.stream()
                  .map(area -> "{" + String.join(", ", area.entries()) + "}")
                  .collect(Collectors.joining(", ", "deny: [", "]"));
      lines
          .append("  r")
          .append(i)
          .append(": ")
          .append(mapping(roles.get(i), actions, deny))
          .append('\n');
    }
    return lines.toString();
  }

  /** The names of the roles. */
  List<String> roleNames() {
    return Stream.iterate(0, i -> i + 1).limit(roles.size()).map(i -> "r" + i).toList();
  }

  private static String mapping(Area area, List<String> actions, String deny) {
    List<String> entries = new ArrayList<>(area.entries());
    entries.add("actions: " + Area.list(actions));
    if (!deny.isEmpty()) {
      entries.add(deny);
    }
    return "{" + String.join(", ", entries) + "}";
  }
}
