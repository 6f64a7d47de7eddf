package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.AuthEvent;
import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.servlet.Explanation.Outcome;
import io.chromaauth.servlet.Question.OfRequest;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is explained is what the filter does: every user and every request, both ways. */
class ExplainAgreesTest {
  private static final List<String> USERS =
      List.of(
          "root", "alice", "dora", "pat", "rita", "carl", "mike", "gerd", "ulla", "idle", "deny");
  private static final String DENY = "users:\n- {id: deny, tokens: [deny-token]}\n";

  private static final String RULES =
      """
      roles_mapping:
        creator: {actions: ["db:create_collection"]}
        maker: {actions: ["db:create_collection", "collection:get_collection"]}
        getter: {actions: ["db:get_or_create_collection"], databases: [docs]}
        updater:
          actions: ["collection:update_collection", "collection:fork_collection",
                    "collection:create_attached_function", "collection:remove_attached_function"]
        denied: {actions: ["*"], deny: [{collections: ["private"]}, "db:create_database"]}
      users:
      - {id: root, role: admin}
      - {id: alice, role: admin}
      - {id: dora, role: admin}
      - {id: pat, role: admin}
      - {id: rita, role: reader}
      - {id: carl, role: creator}
      - {id: mike, role: maker}
      - {id: gerd, role: getter}
      - {id: ulla, role: updater}
      - {id: deny, role: denied}
      """;

  private static final List<UUID> IDS =
      List.of(Team.DOCS_A, Team.PRIVATE, Team.ELSEWHERE, Team.FOREIGN);

  static Stream<Arguments> ways() {
    return Stream.of(
        arguments("with a resolver", true, false, new String[] {}),
        arguments("with one that needs no path", true, true, new String[] {}),
        arguments("without a resolver", false, false, new String[] {}),
        arguments("trusting the path", false, false, new String[] {Names.RESOLVER, "trust-path"}),
        arguments("overwriting", true, false, new String[] {Names.OVERWRITE, "TRUE"}),
        arguments("unguarded", true, true, new String[] {Names.BODY_GUARD, "off"}),
        arguments("with a limit", true, true, new String[] {Names.INSPECT_LIMIT, "30"}),
        arguments("all closed", true, false, new String[] {Names.IGNORE_PATHS, "{}"}),
        arguments(
            "opened",
            true,
            false,
            new String[] {Names.IGNORE_PATHS, "{\"/api/v2/tenants/acme\": [\"GET\"]}"}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void whatIsExplainedIsWhatHappens(
      String title, boolean resolves, boolean withoutPath, String[] settings)
      throws IOException, ServletException {
    List<AuthEvent> events = new ArrayList<>();
    ChromaAuthFilter deciding =
        builder(resolves ? new AskedOwners(withoutPath, true) : null, settings)
            .listener(events::add)
            .build();
    ChromaAuthFilter explaining =
        builder(resolves ? new AskedOwners(withoutPath, false) : null, settings).build();
    for (OfRequest request : requests()) {
      for (String user : USERS) {
        String what = title + ": " + user + " " + request;
        Explanation explanation = explaining.explain(user, request);
        events.clear();
        Call call = Call.of(request.method(), request.target()).as(user);
        String body = request.body();
        int status = (body == null ? call : call.json(body)).through(deciding).status();
        assertEquals(status, explanation.status() == 0 ? 200 : explanation.status(), what);
        assertEquals(
            status == 200 ? Outcome.ALLOWED : Outcome.REFUSED, explanation.outcome(), what);
        if (explanation.action() != null) {
          assertEquals(events.get(0).action(), explanation.action(), what);
          assertEquals(events.get(0).reason(), explanation.rule(), what);
        }
      }
    }
  }

  private static ChromaAuthFilter.Builder builder(@Nullable AskedOwners owners, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    String users = Team.settings().value(Names.AUTHN_CREDENTIALS).orElseThrow();
    all.addAll(List.of(Names.AUTHN_CREDENTIALS, users + DENY.substring(DENY.indexOf('-'))));
    all.addAll(List.of(Names.AUTHZ_CONFIG, RULES));
    ChromaAuthFilter.Builder builder =
        ChromaAuthFilter.builder().settings(Team.settings(all.toArray(String[]::new)));
    return owners == null ? builder : builder.resolver(owners);
  }

  private static List<OfRequest> requests() {
    List<OfRequest> requests = new ArrayList<>();
    String v2 = "/api/v2/tenants/";
    for (String target :
        List.of(
            "/api/v2/heartbeat",
            "/api/v2/pre-flight-checks",
            "/api/v2/auth/identity",
            "/docs",
            "/nothing",
            "/",
            "/api/v2//x",
            "/api/v2/%2e",
            v2 + "acme",
            v2 + "acme/",
            v2 + "globex",
            v2 + "default_tenant",
            v2 + "acme?tenant=acme",
            v2 + "acme?tenant=globex",
            v2 + "acme/databases",
            v2 + "acme/databases?limit=x",
            v2 + "acme/databases/docs",
            v2 + "acme/databases/other",
            v2 + "default_tenant/databases/default_database",
            v2 + "acme/databases/docs/collections",
            v2 + "acme/databases/docs/collections?limit=1&offset=-1",
            v2 + "acme/databases/docs/collections_count",
            v2 + "acme/databases/docs/collections/docs-a",
            v2 + "acme/databases/docs/collections/private",
            "/api/v2/collections/acme:docs:docs-a",
            "/api/v1/tenants/acme",
            "/api/v1/collections",
            "/api/v1/collections?tenant=acme&database=docs",
            "/api/v1/collections?tenant=acme&tenant=acme",
            "/api/v1/count_collections?tenant=acme&database=docs",
            "/api/v1/databases/docs?tenant=acme",
            "/api/v1/collections/private?tenant=acme&database=docs")) {
      for (String method : List.of("GET", "HEAD", "DELETE")) {
        requests.add(new OfRequest(method, target, null, null));
      }
    }
    requests.add(new OfRequest("POST", "/api/v2/reset", null, null));
    requests.add(new OfRequest("POST", "/api/v1/reset", null, null));
    requests.add(new OfRequest("PATCH", v2 + "acme", null, null));
    requests.add(new OfRequest("get", v2 + "acme", null, null));
    for (String body :
        List.of(
            "{\"name\":\"docs\"}",
            "{\"name\":\"docs-a\"}",
            "{\"name\":\"private\"}",
            "{\"name\":\"docs-a\",\"get_or_create\":true}",
            "{\"name\":\"docs-a\",\"configuration\":{\"trust_remote_code\":true}}",
            "{\"new_name\":\"docs-b\",\"output_collection\":\"docs-c\"}",
            "{\"new_name\":\"private\",\"output_collection\":\"private\"}",
            "{\"delete_output\":true}",
            "{\"delete_output\":false}",
            "{}",
            "{",
            "")) {
      for (String target :
          List.of(
              "/api/v2/tenants",
              v2 + "acme/databases",
              Team.V2,
              "/api/v1/tenants",
              "/api/v1/databases?tenant=acme",
              "/api/v1/collections?tenant=acme&database=docs")) {
        requests.add(new OfRequest("POST", target, body, null));
      }
      addWithIds(requests, body);
    }
    for (UUID id : IDS) {
      AuthzResource owner = ((Found) Team.resolve(id, null, null)).owner();
      String byId = Team.V2 + "/" + id;
      requests.add(new OfRequest("POST", byId + "/query", null, owner));
      requests.add(new OfRequest("GET", byId + "/count", null, owner));
      requests.add(new OfRequest("GET", Team.V2 + "/by-id/" + id, null, owner));
      requests.add(new OfRequest("POST", "/api/v1/collections/" + id + "/get", null, owner));
    }
    requests.add(new OfRequest("GET", Team.V2 + "/not-a-uuid/count", null, null));
    return requests;
  }

  private static void addWithIds(List<OfRequest> requests, String body) {
    for (UUID id : IDS) {
      AuthzResource owner = ((Found) Team.resolve(id, null, null)).owner();
      String byId = Team.V2 + "/" + id;
      requests.add(new OfRequest("PUT", byId, body, owner));
      requests.add(new OfRequest("POST", byId + "/fork", body, owner));
      requests.add(new OfRequest("POST", byId + "/functions/attach", body, owner));
      requests.add(new OfRequest("POST", byId + "/attached_functions/f/detach", body, owner));
      requests.add(new OfRequest("PUT", "/api/v1/collections/" + id, body, owner));
    }
  }
}
