package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthEvent;
import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.AuthzAction;
import io.chromaauth.RequestHeaders;
import io.chromaauth.UserIdentity;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What passes through the filter, and what it leaves behind. */
class ChromaAuthFilterTest {
  private static final String EVIL = "http://evil.example";

  private final ChromaAuthFilter filter = Team.filter();

  @Test
  void theApplicationSeesWhoAsks() throws IOException, ServletException {
    HttpServletRequest seen = Call.get("/api/v2/tenants/acme").as("alice").through(filter).seen();
    assertEquals("alice", seen.getRemoteUser());
    assertEquals("token", seen.getAuthType());
    assertTrue(seen.isUserInRole("admin"));
    assertFalse(seen.isUserInRole("reader"));
    UserIdentity identity = RequestIdentity.of(seen).orElseThrow();
    assertEquals(identity, seen.getUserPrincipal());
    assertEquals("acme", identity.tenant());
    assertEquals(Set.of("admin"), identity.roles());
  }

  @Test
  void theApplicationSeesTheVeryRequestThatWasDecidedOn() throws IOException, ServletException {
    Call call =
        Call.get("/ctx/api/v2/tenants/%61cme/?x=%2F..;y")
            .below("/ctx")
            .as("alice")
            .header("X", "y");
    HttpServletRequest seen = call.through(filter).seen();
    assertEquals("/ctx/api/v2/tenants/%61cme/", seen.getRequestURI());
    assertEquals("x=%2F..;y", seen.getQueryString());
    assertEquals("GET", seen.getMethod());
    assertEquals("y", seen.getHeader("X"));
    assertEquals("/ctx", seen.getContextPath());
  }

  @Test
  void onAPublicPathNobodyIsKnownWhateverIsSent() throws IOException, ServletException {
    HttpServletRequest seen = Call.get("/api/v2/heartbeat").as("root").through(filter).seen();
    assertEquals(Optional.empty(), RequestIdentity.of(seen));
    assertNull(seen.getRemoteUser());
    assertFalse(seen.isUserInRole("admin"));
  }

  @Test
  void aBodyThatWasReadIsThereAgainByteForByte() throws IOException, ServletException {
    String json = " {\"na\\u006de\" : \"docs-é\" ,\"x\":[1.50,1e2]}\r\n";
    HttpServletRequest seen = Call.post(Team.V2).as("pat").json(json).through(filter).seen();
    assertArrayEquals(json.getBytes(UTF_8), seen.getInputStream().readAllBytes());
    assertArrayEquals(
        json.getBytes(UTF_8), (byte[]) seen.getAttribute(RequestIdentity.BODY_ATTRIBUTE));
    HttpServletRequest chunked =
        Call.post(Team.V2).as("pat").json(json).chunked().through(filter).seen();
    assertEquals(json.strip(), chunked.getReader().readLine().strip());
  }

  @Test
  void aBodyThatNamesNothingIsLeftToTheApplication() throws IOException, ServletException {
    Call call = Call.post(Team.V2 + "/" + Team.DOCS_A + "/add").as("pat").json("{not json");
    HttpServletRequest seen = call.through(filter).seen();
    assertNull(seen.getAttribute(RequestIdentity.BODY_ATTRIBUTE));
    assertEquals("{not json", new String(seen.getInputStream().readAllBytes(), UTF_8));
  }

  @Test
  void whoThatIsIsAnsweredByTheFilter() throws IOException, ServletException {
    Outcome outcome = Call.get("/api/v2/auth/identity").as("dora").through(filter);
    assertEquals(200, outcome.status());
    assertFalse(outcome.reachedTheApplication());
    assertEquals(
        "{\"user_id\":\"dora\",\"tenant\":\"acme\",\"databases\":[\"docs\"],\"attributes\":null}",
        outcome.body());
    Outcome root = Call.get("/api/v2/auth/identity/").as("root").through(filter);
    assertEquals(
        "{\"user_id\":\"root\",\"tenant\":\"*\",\"databases\":[\"*\"],\"attributes\":null}",
        root.body());
  }

  @Test
  void everyAnswerHasARequestIdOfOurOwn() throws IOException, ServletException {
    Set<String> ids = new HashSet<>();
    List<Call> calls =
        List.of(
            Call.get("/api/v2/heartbeat"),
            Call.get("/api/v2/tenants/acme").as("alice"),
            Call.get("/api/v2/auth/identity").as("alice"),
            Call.get("/api/v2/tenants/acme"),
            Call.get("/nothing").as("alice"),
            Call.get("/.."),
            Call.post("/api/v2/reset").header("Origin", EVIL),
            Call.post(Team.V2).as("alice").broken());
    for (Call call : calls) {
      Outcome outcome = call.header("X-Request-Id", "client").through(filter);
      List<String> values = outcome.response().values("X-Request-Id");
      assertEquals(1, values.size());
      assertTrue(values.get(0).matches("[0-9a-f]{16}"), values.get(0));
      ids.add(values.get(0));
    }
    assertEquals(calls.size(), ids.size(), "each its own");
    assertFalse(ids.contains("client"));
  }

  @Test
  void aListenerIsToldOnceHowEachRequestEnded() throws IOException, ServletException {
    List<AuthEvent> events = new ArrayList<>();
    ChromaAuthFilter told =
        ChromaAuthFilter.builder()
            .settings(Team.settings("CHROMA_AUTH_AUDIT", "off"))
            .resolver(Team::resolve)
            .listener(events::add)
            .build();
    Call.get("/api/v2/heartbeat").through(told);
    Call.get("/api/v2/tenants/acme?x=y").as("alice").through(told);
    Call.get("/api/v2/auth/identity").as("alice").through(told);
    Outcome refused = Call.get("/api/v2/tenants/x").as("alice").through(told);
    Call.get("/api/v2/tenants/acme").through(told);
    Call.get(Team.V2 + "/" + Team.FOREIGN + "/count").as("alice").through(told);
    assertEquals(
        List.of(0, 0, 200, 403, 401, 404), events.stream().map(AuthEvent::status).toList());
    AuthEvent event = events.get(3);
    assertEquals(refused.header("X-Request-Id"), event.requestId());
    assertEquals("192.0.2.1", event.remoteAddress());
    assertEquals("/api/v2/tenants/x", event.path());
    assertEquals("alice", event.userId());
    assertEquals(AuthzAction.GET_TENANT, event.action());
    assertNull(events.get(0).userId());
    assertNull(events.get(4).userId());
    assertNull(events.get(2).action());
    assertEquals(AuthzAction.COUNT, events.get(5).action());
    assertFalse(events.toString().contains("x=y"));
  }

  @Test
  void aListenerThatFailsChangesNoAnswer() throws IOException, ServletException {
    ChromaAuthFilter told =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .listener(
                event -> {
                  throw new IllegalStateException("disk full");
                })
            .build();
    try (Logged log = Logged.by("chroma.auth")) {
      assertEquals(401, Call.get("/api/v2/tenants/acme").through(told).status());
      assertEquals(403, Call.get("/api/v2/tenants/x").as("alice").through(told).status());
      assertEquals(200, Call.get("/api/v2/tenants/acme").as("alice").through(told).status());
      assertFalse(log.lines().isEmpty(), "somebody must learn of it");
    }
  }

  @Test
  void anExceptionOfTheApplicationIsItsOwn() {
    HttpServletRequest request = Call.get("/api/v2/tenants/acme").as("alice").request();
    IOException own = new IOException("own");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                filter.doFilter(
                    request,
                    new FakeResponse().servlet(),
                    (seen, answer) -> {
                      throw own;
                    }));
    assertEquals(own, thrown);
  }

  @Test
  void aProviderSeesAllValuesOfAHeaderAndTheContainersUser() throws IOException, ServletException {
    List<String> seen = new ArrayList<>();
    ChromaAuthFilter own =
        ChromaAuthFilter.builder()
            .authentication(
                headers -> {
                  seen.addAll(headers.values("x-one"));
                  seen.addAll(headers.values("X-TWO"));
                  seen.addAll(headers.values("x-none"));
                  headers.containerPrincipal().ifPresent(p -> seen.add(p.getName()));
                  return AuthnResult.NOT_PRESENTED;
                })
            .build();
    Call.get("/api/v2/tenants/x")
        .header("X-One", "1")
        .header("X-Two", "2")
        .header("x-two", "3")
        .through(own);
    assertEquals(List.of("1", "2", "3", "container"), seen);
  }

  @Test
  void aContainerThatGivesNoHeaderNamesIsRead() {
    HttpServletRequest request = Mockito.mock(HttpServletRequest.class);
    assertEquals(List.of(), new ReceivedRequest(request).values("Authorization"));
    assertEquals("", new ReceivedRequest(request).path());
    assertEquals(Optional.empty(), new ReceivedRequest(request).containerPrincipal());
  }

  @Test
  void aRequestThatIsNotHttpIsRefused() {
    ServletRequest request = Mockito.mock(ServletRequest.class);
    ServletResponse response = Mockito.mock(ServletResponse.class);
    assertThrows(
        ServletException.class,
        () -> filter.doFilter(request, response, ChromaAuthFilterTest::neverCalled));
    assertThrows(
        ServletException.class,
        () ->
            filter.doFilter(Call.get("/").request(), response, ChromaAuthFilterTest::neverCalled));
  }

  @Test
  void wrongCredentialsOfAnotherKindAreLoggedOnceWithoutThem()
      throws IOException, ServletException {
    try (Logged log = Logged.by("chroma.auth")) {
      for (int i = 0; i < 3; i++) {
        Call.get("/api/v2/tenants/acme").header("Authorization", "Basic c2VjcmV0").through(filter);
      }
      assertEquals(1, log.lines().size());
      assertFalse(log.everything().contains("c2VjcmV0"));
      Call.get("/api/v2/tenants/acme").header("Authorization", "Bearer wrong").through(filter);
      assertEquals(1, log.lines().size(), "a wrong token is no wrong kind");
    }
  }

  @Test
  void whatCarriesCredentialsIsToldForAProxy() {
    assertEquals(Set.of("Authorization", "X-Chroma-Token"), filter.credentialHeaders());
    ChromaAuthFilter own =
        ChromaAuthFilter.builder()
            .authentication(
                new AuthenticationProvider() {
                  @Override
                  public AuthnResult authenticate(RequestHeaders headers) {
                    return AuthnResult.NOT_PRESENTED;
                  }

                  @Override
                  public Set<String> credentialHeaders() {
                    return Set.of("X-Own");
                  }
                })
            .build();
    assertEquals(Set.of("X-Own"), own.credentialHeaders());
  }

  @Test
  void concurrentRequestsDoNotMixTheirIdentities() throws Exception {
    List<String> users = List.of("root", "alice", "dora", "pat", "rita");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<@Nullable String>> seen = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String user = users.get(i % users.size());
        seen.add(
            threads.submit(
                () ->
                    Call.get("/api/v2/tenants/acme")
                        .as(user)
                        .through(filter)
                        .seen()
                        .getRemoteUser()));
      }
      for (int i = 0; i < seen.size(); i++) {
        assertEquals(users.get(i % users.size()), seen.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStrangersBodyIsNotTouched() throws IOException, ServletException {
    Call call = Call.post(Team.V2).json("{\"name\":\"x\"}");
    HttpServletRequest request = call.request();
    Outcome outcome = Call.through(filter, request);
    assertEquals(401, outcome.status());
    assertNotEquals(0, request.getInputStream().readAllBytes().length);
    assertNotNull(outcome.header("WWW-Authenticate"));
  }

  private static void neverCalled(ServletRequest request, ServletResponse response) {
    throw new AssertionError("the application is called");
  }
}
