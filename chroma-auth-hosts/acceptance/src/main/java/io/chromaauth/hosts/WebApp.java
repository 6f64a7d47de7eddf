package io.chromaauth.hosts;

import io.chromaauth.hosts.app.ErrorPageServlet;
import io.chromaauth.hosts.app.SampleServlet;
import java.util.List;
import java.util.Map;

/**
 * A web application with our filter in it.
 *
 * @param contextPath empty for the root
 * @param form how the filter is registered
 * @param guards the filters, as a rule one
 * @param before filters of others, before ours
 * @param servlets what is behind
 * @param files its files, by name; only a WAR has them
 */
public record WebApp(
    String contextPath,
    Form form,
    List<Guard> guards,
    List<Part> before,
    List<Part> servlets,
    Map<String, String> files) {
  /** Where errors are shown. */
  public static final String ERROR_PAGE = "/error";

  /** How the filter comes to the container. */
  public enum Form {
    /** By its class and init-params, where the host can by the {@code web.xml} of a WAR. */
    WEB_XML,
    /** By a listener that registers it with the Servlet API. */
    LISTENER,
    /** As an object given to the container's own API. */
    INSTANCE
  }

  public WebApp {
    guards = List.copyOf(guards);
    before = List.copyOf(before);
    servlets = List.copyOf(servlets);
    files = Map.copyOf(files);
  }

  /** The sample application at the root, with a filter before all of it. */
  public static WebApp sample(Form form, Map<String, String> settings) {
    return new WebApp(
        "",
        form,
        List.of(new Guard(settings, List.of("/*"))),
        List.of(),
        List.of(Part.of(SampleServlet.class, "/"), Part.of(ErrorPageServlet.class, ERROR_PAGE)),
        Map.of());
  }

  /** At another context path. */
  public WebApp at(String path) {
    return new WebApp(path, form, guards, before, servlets, files);
  }

  /** With these filters of ours. */
  public WebApp guardedBy(Guard... filters) {
    return new WebApp(contextPath, form, List.of(filters), before, servlets, files);
  }

  /** With a filter of somebody else's before ours. */
  public WebApp after(Part filter) {
    return new WebApp(contextPath, form, guards, List.of(filter), servlets, files);
  }

  /** With other servlets. */
  public WebApp serving(Part... others) {
    return new WebApp(contextPath, form, guards, before, List.of(others), files);
  }

  /** With files. */
  public WebApp with(Map<String, String> others) {
    return new WebApp(contextPath, form, guards, before, servlets, others);
  }
}
