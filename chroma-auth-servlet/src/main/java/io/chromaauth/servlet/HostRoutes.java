package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlReader;
import io.chromaauth.settings.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a host's own paths ({@code CHROMA_AUTH_ROUTES_FILE}): a YAML list of {@code method}, {@code
 * path} and {@code action}. Used once.
 */
final class HostRoutes {
  private static final Set<String> KEYS = Set.of("method", "path", "action");
  private static final String METHOD_FORM = "[A-Z]{1,20}";
  private static final String PLACEHOLDER = "\\{[A-Za-z_][A-Za-z0-9_]*}";
  private static final Set<String> NAMED = Set.of(Route.TENANT, Route.DATABASE, Route.COLLECTION);

  /** Stands for a placeholder that names nothing here, whatever the host calls it. */
  private static final String ANY_SEGMENT = "{*}";

  private final YamlReader reader;
  private final List<Line> lines = new ArrayList<>();

  private HostRoutes(YamlReader reader) {
    this.reader = reader;
  }

  /**
   * One line of the file: its routes, one for each method.
   *
   * @param place where it stands
   * @param path as it is written there
   */
  record Line(Place place, String path, List<Route> routes) {}

  /** The lines of a text, after noting what is wrong with it. */
  static List<Line> read(String text, Place source, Faults faults) {
    HostRoutes routes = new HostRoutes(new YamlReader(source, faults));
    YamlText.parse(text, source, faults).ifPresent(routes::readDocument);
    return List.copyOf(routes.lines);
  }

  /** The actions that the lines ask for. */
  static Set<AuthzAction> actions(List<Line> lines) {
    Set<AuthzAction> actions = new LinkedHashSet<>();
    lines.forEach(line -> line.routes().forEach(route -> actions.addAll(route.actions())));
    return actions;
  }

  private void readDocument(YamlNode document) {
    List<YamlNode> items = reader.items(document, YamlReader.TOP);
    for (int i = 0; i < items.size(); i++) {
      String path = "[" + i + "]";
      reader.mapping(items.get(i), path, KEYS).ifPresent(line -> readLine(line, path + "."));
    }
  }

  private void readLine(Mapping line, String key) {
    List<String> methods = methods(line, key);
    Optional<String> path =
        reader
            .required(line, key, "path", "a path such as /orders/{order}")
            .flatMap(node -> reader.text(node, key + "path"));
    Optional<String> action =
        reader
            .required(line, key, "action", "an action such as orders:read, public or identity")
            .flatMap(node -> reader.text(node, key + "action"));
    if (path.isEmpty() || action.isEmpty()) {
      return;
    }
    Optional<List<String>> template = template(path.get(), line, key + "path");
    List<Route> routes = new ArrayList<>();
    for (String method : methods) {
      template
          .map(t -> Route.of(method, t).named(Route.Names.HOST_PATH))
          .flatMap(route -> asking(route, action.get(), line, key + "action"))
          .ifPresent(routes::add);
    }
    lines.add(new Line(reader.at(line.line(), key + "path"), path.get(), List.copyOf(routes)));
  }

  private List<String> methods(Mapping line, String key) {
    Optional<YamlNode> node =
        reader.required(line, key, "method", "a method such as GET, a list of them, or '*'");
    if (node.isEmpty()) {
      return List.of();
    }
    List<String> methods = new ArrayList<>();
    List<YamlNode> items =
        node.get() instanceof YamlNode.Sequence
            ? reader.items(node.get(), key + "method")
            : List.of(node.get());
    if (items.isEmpty() && node.get() instanceof YamlNode.Sequence) {
      reader.add(node.get().line(), key + "method", "an empty list", "a method, or '*'", null);
    }
    for (YamlNode item : items) {
      Optional<String> method = reader.text(item, key + "method");
      boolean any = method.filter(Route.ANY_METHOD::equals).isPresent() && items.size() == 1;
      if (any || method.filter(m -> m.matches(METHOD_FORM) && !methods.contains(m)).isPresent()) {
        methods.add(method.get());
      } else if (method.isPresent()) {
        String expected = "methods in capitals, each once, or '*' alone";
        reader.add(item.line(), key + "method", "'" + method.get() + "'", expected, null);
      }
    }
    if (methods.contains("HEAD") && methods.contains("GET")) {
      methods.remove("HEAD"); // it is decided as GET
    } else if (methods.contains("HEAD")) {
      reader.add(node.get().line(), key + "method", "HEAD", "GET, which HEAD goes with", null);
    }
    return methods;
  }

  private Optional<List<String>> template(String path, Mapping line, String key) {
    if (path.equals("/")) {
      return Optional.of(List.of());
    }
    List<String> segments = path.startsWith("/") ? split(path) : List.of();
    List<String> template = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      boolean rest = segments.get(i).equals(Route.REST) && i == segments.size() - 1;
      template.add(rest ? Route.REST : segment(segments.get(i)));
    }
    if (template.isEmpty() || template.contains("")) {
      String expected = "a path that begins with /, of plain segments, {placeholders}, a last /**";
      reader.add(line.line(), key, "'" + path + "'", expected, null);
      return Optional.empty();
    }
    for (String named : NAMED) {
      if (template.indexOf(named) != template.lastIndexOf(named)) {
        reader.add(line.line(), key, named + " twice", "each once", null);
        return Optional.empty();
      }
    }
    boolean orphan =
        (template.contains(Route.COLLECTION) && !template.contains(Route.DATABASE))
            || (template.contains(Route.DATABASE) && !template.contains(Route.TENANT));
    if (orphan) {
      String expected = "{database} beside {tenant}, {collection} beside both";
      reader.add(line.line(), key, "'" + path + "'", expected, "call it otherwise: {name}");
      return Optional.empty();
    }
    return Optional.of(template);
  }

  /** The segments, an empty one for each that is empty or no text of a path. */
  private static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** As a template has it; an empty text if it is none. */
  private static String segment(String written) {
    if (NAMED.contains(written)) {
      return written;
    }
    if (written.matches(PLACEHOLDER)) {
      return ANY_SEGMENT;
    }
    RequestPath parsed = RequestPath.parse("/" + written);
    boolean plain = !parsed.ambiguous() && parsed.segments().size() == 1;
    String text = plain ? parsed.segments().get(0) : "";
    return text.contains("*") || text.startsWith("{") ? "" : text; // encoded, they are text
  }

  private Optional<Route> asking(Route route, String action, Mapping line, String key) {
    if (action.equals("public")) {
      return Optional.of(route.access(Route.Access.HOST_PUBLIC));
    }
    if (action.equals("identity")) {
      return Optional.of(route);
    }
    try {
      AuthzAction named = AuthzAction.of(action);
      if (AuthzAction.ofChroma06().contains(named) || AuthzAction.since1().contains(named)) {
        String expected = "an action of your own, such as orders:read, public or identity";
        reader.add(line.line(), key, "'" + action + "', an action of Chroma's", expected, null);
        return Optional.empty();
      }
      return Optional.of(route.requires(named));
    } catch (IllegalArgumentException e) {
      String expected = "an action such as orders:read, public or identity";
      reader.add(line.line(), key, "'" + action + "'", expected, null);
      return Optional.empty();
    }
  }
}
