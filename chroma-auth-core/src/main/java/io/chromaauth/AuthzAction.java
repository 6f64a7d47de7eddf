package io.chromaauth;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants to do, as Chroma spells it in {@code roles_mapping.<role>.actions}: a type,
 * a colon and a verb. An open set: a host names its own with {@link #of}.
 *
 * <p>The constants bear the names of Chroma 0.6's {@code chromadb.auth.AuthzAction}, then those of
 * Chroma 1.x, then ours.
 *
 * @param wireName the action's spelling in files, case-sensitive, such as {@code collection:add}
 */
public record AuthzAction(String wireName) {
  public static final AuthzAction RESET = of("system:reset");
  public static final AuthzAction CREATE_TENANT = of("tenant:create_tenant");
  public static final AuthzAction GET_TENANT = of("tenant:get_tenant");
  public static final AuthzAction CREATE_DATABASE = of("db:create_database");
  public static final AuthzAction GET_DATABASE = of("db:get_database");
  public static final AuthzAction DELETE_DATABASE = of("db:delete_database");
  public static final AuthzAction LIST_DATABASES = of("db:list_databases");
  public static final AuthzAction LIST_COLLECTIONS = of("db:list_collections");
  public static final AuthzAction COUNT_COLLECTIONS = of("db:count_collections");
  public static final AuthzAction CREATE_COLLECTION = of("db:create_collection");
  public static final AuthzAction GET_OR_CREATE_COLLECTION = of("db:get_or_create_collection");
  public static final AuthzAction GET_COLLECTION = of("collection:get_collection");
  public static final AuthzAction DELETE_COLLECTION = of("collection:delete_collection");
  public static final AuthzAction UPDATE_COLLECTION = of("collection:update_collection");
  public static final AuthzAction ADD = of("collection:add");
  public static final AuthzAction DELETE = of("collection:delete");
  public static final AuthzAction GET = of("collection:get");
  public static final AuthzAction QUERY = of("collection:query");
  public static final AuthzAction COUNT = of("collection:count");
  public static final AuthzAction UPDATE = of("collection:update");
  public static final AuthzAction UPSERT = of("collection:upsert");

  public static final AuthzAction UPDATE_TENANT = of("tenant:update_tenant");
  public static final AuthzAction GET_COLLECTION_BY_CRN = of("collection:get_collection_by_crn");
  public static final AuthzAction FORK_COLLECTION = of("collection:fork_collection");
  public static final AuthzAction SEARCH = of("collection:search");
  public static final AuthzAction CREATE_ATTACHED_FUNCTION =
      of("collection:create_attached_function");
  public static final AuthzAction REMOVE_ATTACHED_FUNCTION =
      of("collection:remove_attached_function");

  public static final AuthzAction EXPLAIN = of("system:explain");
  public static final AuthzAction CONSOLE = of("system:console");
  public static final AuthzAction METRICS = of("system:metrics");

  private static final List<AuthzAction> OF_06 =
      List.of(
          RESET,
          CREATE_TENANT,
          GET_TENANT,
          CREATE_DATABASE,
          GET_DATABASE,
          DELETE_DATABASE,
          LIST_DATABASES,
          LIST_COLLECTIONS,
          COUNT_COLLECTIONS,
          CREATE_COLLECTION,
          GET_OR_CREATE_COLLECTION,
          GET_COLLECTION,
          DELETE_COLLECTION,
          UPDATE_COLLECTION,
          ADD,
          DELETE,
          GET,
          QUERY,
          COUNT,
          UPDATE,
          UPSERT);

  private static final List<AuthzAction> SINCE_1 =
      List.of(
          UPDATE_TENANT,
          GET_COLLECTION_BY_CRN,
          FORK_COLLECTION,
          SEARCH,
          CREATE_ATTACHED_FUNCTION,
          REMOVE_ATTACHED_FUNCTION);

  private static final List<AuthzAction> KNOWN =
      Stream.of(OF_06, SINCE_1, List.of(EXPLAIN, CONSOLE, METRICS)).flatMap(List::stream).toList();

  public AuthzAction {
    int colon = wireName.indexOf(':');
    boolean twoParts = colon > 0 && colon == wireName.lastIndexOf(':');
    if (!twoParts || colon == wireName.length() - 1 || !isPlain(wireName)) {
      throw new IllegalArgumentException(
          "action '" + wireName + "' is not of the form type:verb, such as collection:add");
    }
  }

  /**
   * The action of this name, one of the constants or a host's own.
   *
   * @throws IllegalArgumentException if the name is not a type, one colon and a verb of letters,
   *     digits, {@code _}, {@code -} and {@code .}
   */
  public static AuthzAction of(String wireName) {
    return new AuthzAction(wireName);
  }

  /** The actions of Chroma 0.4 to 1.5.9 and our own, in the order of the constants; immutable. */
  public static List<AuthzAction> known() {
    return KNOWN;
  }

  /** The actions of Chroma 0.6; immutable. */
  public static List<AuthzAction> ofChroma06() {
    return OF_06;
  }

  /** The actions that Chroma 1.x added, up to 1.5.9; immutable. */
  public static List<AuthzAction> since1() {
    return SINCE_1;
  }

  // by hand: each request asks sets of actions, and those that Java makes cost a start 50 classes

  @Override
  public int hashCode() {
    return wireName.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof AuthzAction action && action.wireName.equals(wireName));
  }

  @Override
  public String toString() {
    return wireName;
  }

  private static boolean isPlain(String name) {
    return name.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "_-.:".indexOf(c) >= 0);
  }
}
