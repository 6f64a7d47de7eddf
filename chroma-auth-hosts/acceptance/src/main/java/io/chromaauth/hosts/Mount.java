package io.chromaauth.hosts;

import io.chromaauth.hosts.WebApp.Form;
import io.chromaauth.hosts.app.SampleServlet;
import java.util.List;

/**
 * Where filter and application stand.
 *
 * @param below what comes before Chroma's own paths
 */
record Mount(String name, Setup setup, String below) {
  static final List<Mount> ALL =
      List.of(
          of("/* before /api/v2/*", Form.WEB_XML, "", "", "/*", "/api/v2/*"),
          of("/* before /api/*", Form.LISTENER, "", "", "/*", "/api/*"),
          of("/api/* before /", Form.INSTANCE, "", "", "/api/*", "/"),
          of("/api/* before exact ones", Form.WEB_XML, "", "", "/api/*", exact()),
          of("/* below a context path", Form.LISTENER, "/ctx", "", "/*", "/"),
          of("/api/* below a context path", Form.WEB_XML, "/ctx", "", "/api/*", "/api/v2/*"),
          of("/* with a prefix", Form.INSTANCE, "", "/chroma", "/*", "/"),
          of("a prefix's own", Form.WEB_XML, "", "/chroma", "/chroma/*", "/chroma/*"),
          of("a prefix below a context path", Form.WEB_XML, "/ctx", "/a/b", "/*", "/a/*"));

  private static Mount of(
      String name, Form form, String context, String prefix, String pattern, String... servlet) {
    Guard guard = new Guard(Team.settings("CHROMA_AUTH_PATH_PREFIX", prefix), List.of(pattern));
    WebApp app =
        WebApp.sample(form, Team.settings())
            .at(context)
            .guardedBy(guard)
            .serving(Part.of(SampleServlet.class, servlet));
    return new Mount(name, Setup.of(app), context + prefix);
  }

  private static String[] exact() {
    return new String[] {"/api/v2/heartbeat", Team.MINE, Team.MINE + "/"};
  }

  @Override
  public String toString() {
    return name;
  }
}
