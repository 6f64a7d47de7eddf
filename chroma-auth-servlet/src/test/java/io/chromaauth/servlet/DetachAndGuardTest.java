package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a detach may delete beside, and where a configuration may not ask for code to run. */
class DetachAndGuardTest {
  private static final String BY_ID = Team.V2 + "/" + Team.DOCS_A;
  private static final String DETACH = BY_ID + "/attached_functions/f/detach";
  private static final String RULES =
      """
      roles_mapping:
        detacher: {actions: ["collection:remove_attached_function"]}
        deleter:
          actions: ["collection:remove_attached_function", "collection:delete_collection"]
        bounded:
          actions: ["collection:remove_attached_function", "collection:delete_collection"]
          collections: ["docs-*"]
        denied:
          actions: ["*"]
          deny: [{actions: ["collection:delete_collection"], collections: ["secret-*"]}]
        undeleting: {actions: ["*"], deny: ["collection:delete_collection"]}
      users:
      - {id: root, role: admin}
      - {id: alice, role: deleter}
      - {id: dora, role: deleter}
      - {id: pat, role: admin}
      - {id: rita, role: bounded}
      - {id: carl, role: detacher}
      - {id: mike, role: deleter}
      - {id: gerd, role: undeleting}
      - {id: idle, role: denied}
      """;

  private final ChromaAuthFilter filter = Team.filter(Names.AUTHZ_CONFIG, RULES);

  @ParameterizedTest
  @CsvSource({
    // user, with nothing said, with delete_output
    "root, 200, 200",
    "alice, 200, 200",
    "dora, 200, 200",
    // who may detach and not delete
    "carl, 200, 403",
    "gerd, 200, 403",
    // whose bounds or denials name collections: nobody says which one would be deleted
    "pat, 200, 403",
    "mike, 200, 403",
    "rita, 200, 403",
    "idle, 200, 403",
    "ulla, 403, 403",
  })
  void deletingTheOutputTakesTheRightToDeleteAnyCollectionThere(
      String user, int plain, int deleting) throws IOException, ServletException {
    for (String body :
        List.of(
            "{}",
            "{\"delete_output\":false}",
            "{\"delete_output\":null}",
            "{\"x\":{\"delete_output\":true}}")) {
      assertEquals(plain, Call.post(DETACH).as(user).json(body).through(filter).status(), body);
    }
    for (String body :
        List.of(
            "{\"delete_output\":true}",
            "{\"delete_\\u006futput\":true}",
            "{\"a\":[1],\"delete_output\" : true }")) {
      assertEquals(deleting, Call.post(DETACH).as(user).json(body).through(filter).status(), body);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"delete_output\":\"true\"}",
        "{\"delete_output\":1}",
        "{\"delete_output\":[true]}",
        "{\"delete_output\":false,\"delete_output\":true}",
        "{\"delete_output\":true",
        "[]",
        ""
      })
  void aDetachThatServersMightReadDifferentlyIsRefused(String body)
      throws IOException, ServletException {
    assertEquals(400, Call.post(DETACH).as("root").json(body).through(filter).status());
  }

  @Test
  void aDetachElsewhereIsNotFoundWhateverItDeletes() throws IOException, ServletException {
    String foreign = DETACH.replace(Team.DOCS_A.toString(), Team.FOREIGN.toString());
    for (String body : List.of("{}", "{\"delete_output\":true}")) {
      assertEquals(404, Call.post(foreign).as("alice").json(body).through(filter).status());
    }
    String other = DETACH.replace("/acme/", "/globex/");
    assertEquals(403, Call.post(other).as("alice").json("{}").through(filter).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration", "configuration_json", "new_configuration", "schema"})
  void theGuardHoldsWhereACollectionIsCreatedOrChanged(String key)
      throws IOException, ServletException {
    String body = "{\"name\":\"a\",\"" + key + "\":{\"x\":[{\"trust_remote_code\":false}]}}";
    for (String target : List.of(Team.V2, "/api/v1/collections")) {
      assertEquals(422, Call.post(target).as("root").json(body).through(filter).status(), target);
    }
    for (String target : List.of(BY_ID, "/api/v1/collections/" + Team.DOCS_A)) {
      Call update = Call.of("PUT", target).as("root").json(body);
      assertEquals(422, update.through(filter).status(), target);
    }
  }

  @Test
  void whereNoServerReadsAConfigurationTheGuardDoesNot() throws IOException, ServletException {
    String body =
        "{\"name\":\"a\",\"new_name\":\"b\",\"output_collection\":\"c\","
            + "\"configuration\":{\"trust_remote_code\":true}}";
    for (String target :
        List.of(
            "/api/v2/tenants",
            "/api/v1/tenants",
            "/api/v2/tenants/acme/databases",
            "/api/v1/databases",
            BY_ID + "/fork",
            BY_ID + "/functions/attach",
            DETACH,
            BY_ID + "/add",
            BY_ID + "/query")) {
      assertEquals(200, Call.post(target).as("root").json(body).through(filter).status(), target);
    }
  }

  @Test
  void theKeyIsRefusedAsAKeyInAConfigurationAlone() throws IOException, ServletException {
    for (String body :
        List.of(
            "{\"name\":\"a\",\"metadata\":{\"trust_remote_code\":true}}",
            "{\"name\":\"a\",\"trust_remote_code\":true}",
            "{\"name\":\"trust_remote_code\",\"configuration\":{\"x\":\"trust_remote_code\"}}",
            "{\"name\":\"a\",\"configuration\":\"trust_remote_code\"}")) {
      assertEquals(200, Call.post(Team.V2).as("root").json(body).through(filter).status(), body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/collections", Team.V2})
  void theGuardHoldsOnAnOpenedCreateToo(String path) throws IOException, ServletException {
    ChromaAuthFilter opened = Team.filter(Names.IGNORE_PATHS, "{\"" + path + "\": [\"POST\"]}");
    String guarded = "{\"name\":\"a\",\"schema\":{\"trust_remote_code\":true}}";
    assertEquals(422, Call.post(path).json(guarded).through(opened).status());
    assertEquals(422, Call.post(path).as("root").json(guarded).through(opened).status());
    assertEquals(200, Call.post(path).json("{\"name\":\"a\"}").through(opened).status());
  }

  @Test
  void onAnOpenedRouteOfAnotherKindTheGuardHoldsAsLittleAsElsewhere()
      throws IOException, ServletException {
    ChromaAuthFilter opened = Team.filter(Names.IGNORE_PATHS, "{\"/api/v2/tenants\": [\"POST\"]}");
    String guarded = "{\"name\":\"a\",\"schema\":{\"trust_remote_code\":true}}";
    assertTrue(Call.post("/api/v2/tenants").json(guarded).through(opened).reachedTheApplication());
    assertEquals(400, Call.post("/api/v2/tenants").json("{").through(opened).status());
  }
}
