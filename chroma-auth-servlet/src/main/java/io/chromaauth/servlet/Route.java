package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the route table: a method, a path template and what they ask for.
 *
 * @param path segments below the path prefix; {@code {tenant}}, {@code {database}}, {@code
 *     {collection}} (a name) and {@code {id}} (a collection's UUID) fill the resource, any other
 *     {@code {x}} stands for one segment
 * @param access who may come this far
 * @param asked what the request does; nothing unless the access is {@link Access#ACTION}
 * @param names where tenant and database are named
 * @param body what the body names
 */
record Route(String method, Template path, Access access, Asked asked, Names names, Body body) {

  /** Who may come this far. */
  enum Access {
    /** Anyone, unless the settings close it. */
    PUBLIC,
    /** Anyone who is known. */
    IDENTITY,
    /** Whoever may do the action. */
    ACTION,
    /** Anyone who is known; answered by the filter itself with who that is. */
    WHO_AM_I,
    /** Anyone who is known; answered by the filter itself with what that one may do. */
    CAN_I,
    /** Anyone, by a line of the host's own that no other setting closes. */
    HOST_PUBLIC
  }

  /** Where tenant and database are named. */
  enum Names {
    /** In the path; the query may only repeat them. */
    PATH,
    /** In the query, with Chroma's defaults where it is silent (API v1). */
    QUERY,
    /** Nowhere: the route acts on everything, or only a UUID names its object. */
    NOWHERE,
    /** In the path of a host's own route, whose query is the host's. */
    HOST_PATH
  }

  /** What the body names. */
  enum Body {
    /** Nothing that matters here; it is not read. */
    NOTHING,
    TENANT,
    DATABASE,
    /** {@code name}, and with {@code get_or_create} which action it is. */
    COLLECTION,
    /** {@code new_name}, under which the collection must still be allowed. */
    RENAME,
    /** {@code new_name} of a collection to be created. */
    FORK,
    /** {@code output_collection} to be created. */
    ATTACH,
    /** {@code delete_output}, which deletes the function's output collection. */
    DETACH
  }

  static final String TENANT = "{tenant}";
  static final String DATABASE = "{database}";
  static final String COLLECTION = "{collection}";
  static final String ID = "{id}";

  /** As a template's last segment: any number of segments, none included. */
  static final String REST = "**";

  /** As a method: any. */
  static final String ANY_METHOD = "*";

  Route {
    if ((access == Access.ACTION) == asked.actions().isEmpty()) {
      throw new IllegalArgumentException(
          method + " " + path.segments() + ": actions and access disagree");
    }
  }

  /** A route that needs nothing but an identity, to be refined. */
  static Route of(String method, String path) {
    return of(method, path.equals("/") ? List.of() : List.of(path.substring(1).split("/")));
  }

  /** The same by its segments. */
  static Route of(String method, List<String> template) {
    return new Route(
        method, Template.of(template), Access.IDENTITY, Asked.NOTHING, Names.PATH, Body.NOTHING);
  }

  /** The segments of its path. */
  List<String> template() {
    return path.segments();
  }

  /** What the request does; for a body that decides, every candidate. */
  List<AuthzAction> actions() {
    return asked.actions();
  }

  /** With another access, which needs no action. */
  Route access(Access other) {
    return new Route(method, path, other, asked, names, body);
  }

  /** Requires an action, or one of several of which the body says which. */
  Route requires(AuthzAction... one) {
    return new Route(method, path, Access.ACTION, Asked.of(List.of(one)), names, body);
  }

  Route named(Names where) {
    return new Route(method, path, access, asked, where, body);
  }

  Route body(Body what) {
    return new Route(method, path, access, asked, names, what);
  }

  /** Below a prefix of some segments. */
  Route below(List<String> prefix) {
    List<String> both = new ArrayList<>(prefix);
    both.addAll(template());
    return new Route(method, Template.of(both), access, asked, names, body);
  }

  /** Whether the database stands in the query, in the default's place where it does not. */
  boolean namesDatabaseInQuery() {
    return names == Names.QUERY && body != Body.DATABASE && path.database() < 0;
  }

  /** Whether its path names a collection by UUID. */
  boolean namesId() {
    return path.id() >= 0;
  }

  @Override
  public String toString() {
    return method + " /" + String.join("/", template());
  }
}
