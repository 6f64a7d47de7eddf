package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.ChromaAuth;
import io.chromaauth.Decision;
import io.chromaauth.Settings;
import io.chromaauth.UserIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/permissions.md is what the code says. To write it anew: {@code mvn verify
 * -Dpermissions.write=true}.
 */
class PermissionsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "permissions.md");
  private static final List<String> BUILT_IN = List.of("reader", "writer", "admin");
  private static final String RULES = "roles_mapping: {}\nusers: []\n";

  private final ChromaAuth.Snapshot snapshot =
      ChromaAuth.fromSettings(
              Settings.of(
                  "test",
                  Map.of(
                      "CHROMA_SERVER_AUTHN_PROVIDER", "token",
                      "CHROMA_SERVER_AUTHN_CREDENTIALS", "a-token",
                      "CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac",
                      "CHROMA_SERVER_AUTHZ_CONFIG", RULES)))
          .snapshot();

  @Test
  void thePageIsWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean("permissions.write")) {
      Files.writeString(PAGE, page());
    }
    assertEquals(page(), Files.readString(PAGE), "mvn verify -Dpermissions.write=true");
  }

  @Test
  void everyActionThatARouteAsksForIsThere() {
    String page = page();
    for (Route route : ChromaRoutes.all()) {
      route.actions().forEach(a -> assertTrue(page.contains("| `" + a + "` |"), a::wireName));
      assertTrue(page.contains("`" + route + "`"), route::toString);
    }
  }

  private String page() {
    List<String> lines = new ArrayList<>();
    lines.add("# Permissions");
    lines.add("");
    lines.add(
        "Which action each route of the Chroma API asks for, and which built-in role has it. Made"
            + " from the code; a test keeps it so.");
    lines.add("");
    lines.add("| action | reader | writer | admin | API v2 | API v1 |");
    lines.add("| --- | --- | --- | --- | --- | --- |");
    AuthzAction.known().forEach(action -> lines.add(row(action)));
    lines.add("");
    lines.add(
        "A request that may create or get (`get_or_create: true`) needs"
            + " `db:get_or_create_collection`, or `db:create_collection` together with"
            + " `collection:get_collection`; one that only creates needs `db:create_collection`.");
    lines.add(
        "What else a body names is asked for as well: `fork` and `functions/attach` need"
            + " `db:create_collection` for the collection that they make, a `detach` with"
            + " `delete_output` needs `collection:delete_collection`. HEAD is decided as GET.");
    lines.add("");
    lines.add("## No action needed");
    lines.add("");
    lines.add("| who | routes |");
    lines.add("| --- | --- |");
    lines.add("| anyone, unless `CHROMA_SERVER_AUTH_IGNORE_PATHS` closes it | " + open() + " |");
    lines.add("| anyone who is logged in | " + loggedIn() + " |");
    lines.add("");
    lines.add("Everything else is 404, whoever asks.");
    return String.join("\n", lines) + "\n";
  }

  private String row(AuthzAction action) {
    String roles = BUILT_IN.stream().map(r -> has(r, action) ? "yes" : "").collect(cells());
    return "| `"
        + action
        + "` | "
        + roles
        + " | "
        + routes(ChromaRoutes.V2, action)
        + " | "
        + routes(ChromaRoutes.V1, action)
        + " |";
  }

  private boolean has(String role, AuthzAction action) {
    UserIdentity identity = UserIdentity.of("somebody", "custom").withRoles(Set.of(role));
    AuthzResource resource = AuthzResource.of("t", "d", "c");
    return snapshot.authorize(identity, action, resource) instanceof Decision.Allowed;
  }

  private static String routes(List<Route> routes, AuthzAction action) {
    return routes.stream()
        .filter(route -> route.actions().contains(action))
        .map(route -> "`" + route + "`")
        .collect(Collectors.joining("<br>"));
  }

  private static String open() {
    return with(Route.Access.PUBLIC);
  }

  private static String loggedIn() {
    return with(Route.Access.IDENTITY, Route.Access.WHO_AM_I, Route.Access.CAN_I);
  }

  private static String with(Route.Access... access) {
    List<Route> all = new ArrayList<>(ChromaRoutes.all());
    all.add(ChromaRoutes.CAN_I);
    return all.stream()
        .filter(route -> Set.of(access).contains(route.access()))
        .map(route -> "`" + route + "`")
        .collect(Collectors.joining("<br>"));
  }

  private static Collector<CharSequence, ?, String> cells() {
    return Collectors.joining(" | ");
  }
}
