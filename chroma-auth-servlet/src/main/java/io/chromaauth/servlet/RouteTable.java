package io.chromaauth.servlet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one route of a method and path. A literal segment goes before a placeholder, as in
 * Chroma's own router, and both before a rest; HEAD is the GET of the same path. Immutable and
 * thread-safe.
 */
final class RouteTable {
  private final Node root = new Node();

  /**
   * @throws IllegalArgumentException if two routes stand for the same method and path
   */
  RouteTable(List<Route> routes) {
    routes.forEach(this::add);
  }

  /** The route, or what is missing. */
  Result match(String method, RequestPath path) {
    return match(root, method.equals("HEAD") ? "GET" : method, path, 0);
  }

  private static Result match(Node from, String method, RequestPath path, int index) {
    Node node = from;
    for (int at = index; at < path.size(); at++) {
      Node literal = node.literal(path, at);
      Node placeholder = node.placeholder;
      if (node.rest != null || (literal != null && placeholder != null)) {
        return matchInOrder(node, literal, method, path, at + 1);
      }
      Node only = literal == null ? placeholder : literal;
      if (only == null) {
        return Missing.NO_ROUTE;
      }
      node = only;
    }
    Result here = node.result(method);
    return here == Missing.NO_ROUTE ? node.rest(method) : here;
  }

  /** Where there are several ways on: what may be a literal may also be a collection's name. */
  private static Result matchInOrder(
      Node node, @Nullable Node literal, String method, RequestPath path, int next) {
    Result result = literal == null ? Missing.NO_ROUTE : match(literal, method, path, next);
    if (result == Missing.NO_ROUTE && node.placeholder != null) {
      result = match(node.placeholder, method, path, next);
    }
    return result == Missing.NO_ROUTE ? node.rest(method) : result;
  }

  private void add(Route route) {
    Node node = root;
    for (String segment : route.template()) {
      node = node.child(segment);
    }
    node.add(route);
  }

  /** What a method and path come to. */
  sealed interface Result {}

  /** This route. */
  record Found(Route route) implements Result {}

  /** No such path. */
  enum Missing implements Result {
    NO_ROUTE
  }

  /**
   * The path, not the method.
   *
   * @param allow the value of an {@code Allow} header
   */
  record WrongMethod(String allow) implements Result {}

  private static final class Node {
    /**
     * As many literals are compared one by one; of more, which only a host has, one is looked up.
     */
    private static final int FEW = 16;

    private final Map<String, Node> literals = new HashMap<>();
    private Literals few = Literals.of();
    private Node[] ofFew = {};
    private final Map<String, Found> routes = new HashMap<>();
    private @Nullable Node placeholder;
    private @Nullable Node rest;
    private Result otherMethod = Missing.NO_ROUTE;

    private @Nullable Node literal(RequestPath path, int at) {
      if (ofFew.length > FEW) {
        return literals.get(path.segment(at));
      }
      int index = path.indexIn(few, at);
      return index < 0 ? null : ofFew[index];
    }

    private Node child(String segment) {
      if (segment.equals(Route.REST)) {
        Node child = rest == null ? new Node() : rest;
        rest = child;
        return child;
      }
      if (!segment.startsWith("{")) {
        return literals.computeIfAbsent(segment, this::newChild);
      }
      Node child = placeholder == null ? new Node() : placeholder;
      placeholder = child;
      return child;
    }

    private Node newChild(String segment) {
      Node child = new Node();
      few = few.and(segment);
      ofFew = Arrays.copyOf(ofFew, ofFew.length + 1);
      ofFew[ofFew.length - 1] = child;
      return child;
    }

    private void add(Route route) {
      if (routes.put(route.method(), new Found(route)) != null) {
        throw new IllegalArgumentException("two routes for " + route);
      }
      Set<String> methods = new TreeSet<>(routes.keySet());
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      otherMethod = new WrongMethod(String.join(", ", methods));
    }

    private Result result(String method) {
      Found found = routes.get(method);
      if (found == null) {
        found = routes.get(Route.ANY_METHOD);
      }
      return found == null ? otherMethod : found;
    }

    private Result rest(String method) {
      return rest == null ? Missing.NO_ROUTE : rest.result(method);
    }
  }
}
