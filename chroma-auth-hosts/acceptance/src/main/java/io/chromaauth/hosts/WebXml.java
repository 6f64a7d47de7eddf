package io.chromaauth.hosts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code web.xml} of an application, as somebody would write it. */
final class WebXml {
  /** Where it is in a WAR; an application that has such a file brings its own. */
  static final String PLACE = "WEB-INF/web.xml";

  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
      """;
  private static final List<String> ALL_DISPATCHERS =
      List.of("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC");

  private final StringBuilder text = new StringBuilder(HEAD);

  private WebXml() {}

  static String of(WebApp app) {
    String own = app.files().get(PLACE);
    if (own != null) {
      return own;
    }
    WebXml xml = new WebXml();
    for (Part part : app.before()) {
      xml.filter(part.name(), part.type().getName(), Map.of());
      xml.filterMapping(part.name(), part.patterns(), List.of("REQUEST"));
    }
    int number = 0;
    for (Guard guard : app.guards()) {
      String name = "chroma-auth-" + number++;
      xml.filter(name, "io.chromaauth.servlet.ChromaAuthFilter", guard.settings());
      xml.filterMapping(name, guard.patterns(), ALL_DISPATCHERS);
    }
    app.servlets().forEach(xml::servlet);
    xml.open("error-page").element("location", WebApp.ERROR_PAGE).close("error-page");
    return xml.text.append("</web-app>\n").toString();
  }

  private void filter(String name, String type, Map<String, String> settings) {
    open("filter").element("filter-name", name).element("filter-class", type);
    element("async-supported", "true");
    new TreeMap<>(settings).forEach(this::initParam);
    close("filter");
  }

  private void initParam(String name, String value) {
    open("init-param").element("param-name", name).element("param-value", value);
    close("init-param");
  }

  private void filterMapping(String name, List<String> patterns, List<String> dispatchers) {
    open("filter-mapping").element("filter-name", name);
    patterns.forEach(pattern -> element("url-pattern", pattern));
    dispatchers.forEach(dispatcher -> element("dispatcher", dispatcher));
    close("filter-mapping");
  }

  private void servlet(Part part) {
    open("servlet").element("servlet-name", part.name());
    element("servlet-class", part.type().getName()).element("async-supported", "true");
    close("servlet").open("servlet-mapping").element("servlet-name", part.name());
    part.patterns().forEach(pattern -> element("url-pattern", pattern));
    close("servlet-mapping");
  }

  private WebXml open(String name) {
    text.append('<').append(name).append(">\n");
    return this;
  }

  private WebXml close(String name) {
    text.append("</").append(name).append(">\n");
    return this;
  }

  private WebXml element(String name, String value) {
    String escaped = value.replace("&", "&amp;").replace("<", "&lt;");
    text.append('<').append(name).append('>').append(escaped);
    return close(name);
  }
}
