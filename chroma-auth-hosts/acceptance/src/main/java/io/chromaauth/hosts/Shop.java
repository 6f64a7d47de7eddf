package io.chromaauth.hosts;

import io.chromaauth.hosts.WebApp.Form;
import io.chromaauth.hosts.app.SampleServlet;
import java.util.List;
import java.util.Map;

/** A web application that is not Chroma: orders, a public login page, static files. */
final class Shop {
  private static final String ROUTES =
      """
      - {method: GET, path: /login, action: public}
      - {method: GET, path: /, action: identity}
      - {method: GET, path: "/static/**", action: public}
      - {method: GET, path: /orders, action: "orders:read"}
      - {method: GET, path: "/orders/{order}", action: "orders:read"}
      - {method: [POST, PUT], path: "/orders/{order}", action: "orders:write"}
      """;
  private static final String RULES =
      """
      roles_mapping:
        clerk: {actions: ["orders:read", "orders:write"]}
        visitor: {actions: ["orders:read"]}
      users:
      - {id: carla, role: clerk}
      - {id: vic, role: visitor}
      """;
  private static final Map<String, String> FILES =
      Map.of(
          "static/style.css", "css of the shop",
          "static/deep/er/logo.txt", "logo of the shop",
          "secret.txt", "REACHED a secret");

  private Shop() {}

  /** In this form; only a WAR has static files of its own. */
  static Setup in(Form form) {
    Map<String, String> settings =
        Team.settings(
            "CHROMA_AUTH_ROUTES_FILE",
            Workspace.file("shop-routes.yaml", ROUTES).toString(),
            "CHROMA_SERVER_AUTHZ_CONFIG",
            RULES);
    return Setup.of(
        new WebApp(
            "/shop",
            form,
            List.of(new Guard(settings, List.of("/*"))),
            List.of(),
            List.of(Part.of(SampleServlet.class, "/orders/*", "/login", "")),
            FILES));
  }
}
