package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzResource;
import io.chromaauth.ConfigException;
import io.chromaauth.servlet.Question.OfRequest;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What failed when it was found: each is mended in the change that this test came with. */
class FoundFaultsTest {
  @TempDir Path directory;

  /**
   * They would mean other things there: lists that the filter answers, names that may be left out.
   */
  @ParameterizedTest
  @ValueSource(strings = {"db:list_collections", "tenant:get_tenant", "collection:query"})
  void aHostsPathHasNoActionOfChromas(String action) {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> host("- {method: GET, path: '/mine/{tenant}', action: " + action + "}"));
    assertTrue(String.valueOf(refused.getMessage()).contains("an action of Chroma's"));
  }

  /** What is encoded is text: neither a placeholder nor a rest. */
  @ParameterizedTest
  @CsvSource({
    "/public/%2A%2A, /public/secret",
    "/public/%2a%2A, /public/a/b/c",
    "/public/%7Bx%7D, /public/secret",
    "/public/%7bx, /public/secret"
  })
  void anEncodedPlaceholderOpensNothing(String path, String target)
      throws IOException, ServletException {
    ChromaAuthFilter filter;
    try {
      filter = host("- {method: GET, path: '" + path + "', action: public}");
    } catch (ConfigException e) {
      return; // refused: as good
    }
    assertEquals(401, Call.get(target).through(filter).status());
  }

  @Test
  void aLineWithoutAnyMethodIsAFault() {
    assertThrows(
        ConfigException.class, () -> host("- {method: [], path: /orders, action: public}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a folder", "a folder/of mine", "x,y", "plain"})
  void noPartOfAFoldersNameIsShown(String folder) throws IOException, ServletException {
    Path rules = Files.createDirectories(directory.resolve(folder)).resolve("rules.yaml");
    Files.writeString(rules, "{roles_mapping: {}, users: []}");
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(
                Team.only(
                    Names.AUTHN_PROVIDER,
                    "token",
                    Names.AUTHN_CREDENTIALS,
                    "idle-token",
                    Names.AUTHZ_PROVIDER,
                    "simple_rbac",
                    Names.AUTHZ_CONFIG_FILE,
                    rules.toString()))
            .build();
    String question = "{\"action\":\"collection:get\"}";
    String body = Call.post("/auth/can-i").as("idle").json(question).through(filter).body();
    assertTrue(body.contains("\"rule\":\"rules.yaml: no role for user anonymous\""), body);
    assertFalse(body.contains("/"), body);
  }

  /** Only a slash or a blank need be encoded, says {@link Question#parse}. */
  @ParameterizedTest
  @ValueSource(strings = {"münchen", "日本", "a\u00a0b"})
  void aNameBeyondAsciiNeedNotBeEncoded(String name) {
    assertEquals(AuthzResource.of(name, "d", null), Question.resource(name + "/d"));
  }

  /** The guard holds on an opened route, so the explanation must not say it passes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\",\"schema\":{\"trust_remote_code\":true}} | 422",
        "{ | 400",
        "{\"name\":\"a\"} | 200"
      })
  void whatIsExplainedOfAnOpenedRouteIsWhatHappens(String body, int status)
      throws IOException, ServletException {
    ChromaAuthFilter opened = Team.filter(Names.IGNORE_PATHS, "{\"" + Team.V2 + "\": [\"POST\"]}");
    assertEquals(status, Call.post(Team.V2).json(body).through(opened).status());
    int explained = opened.explain("idle", new OfRequest("POST", Team.V2, body, null)).status();
    assertEquals(status == 200 ? 0 : status, explained);
  }

  /** A container that has dropped a parameter, as over its limit, must not make us fail. */
  @Test
  void aParameterThatTheContainerDoesNotTellIsReplacedAllTheSame() {
    Call call = Call.get("/api/v1/collections?tenant=default_tenant");
    HttpServletRequest limited =
        new HttpServletRequestWrapper(call.request()) {
          @Override
          public String @Nullable [] getParameterValues(String name) {
            return null;
          }

          @Override
          public Map<String, String[]> getParameterMap() {
            return Map.of();
          }
        };
    Target target = Target.of(call.uri, call.query, Map.of(), Map.of("tenant", "acme"));
    HttpServletRequest request = new RewrittenRequest(limited, target);
    assertArrayEquals(new String[] {"acme"}, request.getParameterValues("tenant"));
    assertArrayEquals(new String[] {"acme"}, request.getParameterMap().get("tenant"));
  }

  private ChromaAuthFilter host(String yaml) throws IOException {
    Path routes = Files.writeString(directory.resolve("routes.yaml"), yaml + "\n");
    return ChromaAuthFilter.builder()
        .settings(Team.settings())
        .resolver(new AskedOwners(false, true))
        .routes(routes)
        .build();
  }
}
