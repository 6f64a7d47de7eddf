package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthEvent;
import io.chromaauth.AuthnResult;
import io.chromaauth.ContainerAuthentication;
import io.chromaauth.Secret;
import io.chromaauth.TokenAuthentication;
import io.chromaauth.UserIdentity;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mindrot.jbcrypt.BCrypt;

/** What authenticate, login and logout do behind the filter (Servlet 6.0, 13.3). */
class LoginTest {
  private static final String PUBLIC = "/api/v2/heartbeat";
  private static final ChromaAuthFilter BASIC =
      ChromaAuthFilter.builder()
          .settings(
              Team.only(
                  "CHROMA_SERVER_AUTHN_PROVIDER",
                  "basic",
                  "CHROMA_SERVER_AUTHN_CREDENTIALS",
                  "bob:" + BCrypt.hashpw("pa:ss", BCrypt.gensalt(4)),
                  "CHROMA_AUTH_THROTTLE",
                  "3/60s"))
          .build();
  private static final ChromaAuthFilter CONTAINER =
      ChromaAuthFilter.builder().authentication(ContainerAuthentication.principal()).build();

  @Test
  void aUserWhoIsKnownAlreadyAuthenticatesAtOnce() throws IOException, ServletException {
    HttpServletRequest seen =
        Call.get("/api/v2/tenants/acme").as("alice").through(Team.filter()).seen();
    FakeResponse response = new FakeResponse();
    assertTrue(seen.authenticate(response.servlet()));
    assertEquals(List.of(), response.written());
  }

  @Test
  void onAPublicPathTheCredentialsAreLookedAtWhenTheApplicationAsks()
      throws IOException, ServletException {
    HttpServletRequest seen = Call.get(PUBLIC).as("alice").through(Team.filter()).seen();
    assertNull(seen.getUserPrincipal());
    assertTrue(seen.authenticate(new FakeResponse().servlet()));
    assertEquals("alice", seen.getRemoteUser());
    assertTrue(seen.isUserInRole("admin"));
    assertEquals("acme", RequestIdentity.of(seen).orElseThrow().tenant());
  }

  @Test
  void aStrangerWhomTheApplicationAsksForGetsTheChallenge() throws IOException, ServletException {
    HttpServletRequest seen = Call.get(PUBLIC).through(Team.filter()).seen();
    FakeResponse response = new FakeResponse();
    assertFalse(seen.authenticate(response.servlet()));
    assertEquals(401, response.status);
    assertNull(seen.getUserPrincipal());
  }

  @Test
  void aLoginIsByTheFiltersOwnPasswords() throws IOException, ServletException {
    HttpServletRequest container = new WithContainer(Call.get(PUBLIC).request(), null);
    HttpServletRequest seen = Call.through(BASIC, container).seen();
    seen.login("bob", "pa:ss");
    assertEquals("bob", seen.getRemoteUser());
    assertEquals("BASIC", seen.getAuthType());
    assertThrows(ServletException.class, () -> seen.login("bob", "pa:ss"));
    seen.logout();
    assertNull(seen.getUserPrincipal());
    assertNull(seen.getRemoteUser());
    assertNull(seen.getAuthType());
    assertFalse(seen.isUserInRole("admin"));
  }

  @Test
  void whatALoginSaysHoldsNoPassword() throws IOException, ServletException {
    HttpServletRequest seen = Call.get(PUBLIC).through(BASIC).seen();
    for (String user : List.of("carl", "carl:pa")) {
      ServletException e =
          assertThrows(ServletException.class, () -> seen.login(user, "s3cr3t-password"));
      assertFalse(e.toString().contains("s3cr3t"), e::toString);
      assertNull(seen.getUserPrincipal());
    }
  }

  @Test
  void guessesOfALoginAreCountedLikeAllOthers() throws IOException, ServletException {
    for (int i = 0; i < 3; i++) {
      HttpServletRequest seen = Call.get(PUBLIC).through(BASIC).seen();
      assertThrows(ServletException.class, () -> seen.login("throttled", "wrong"));
    }
    Call guess = Call.get("/api/v2/tenants/x").header("Authorization", "Basic dGhyb3R0bGVkOng=");
    assertEquals(429, guess.through(BASIC).status());
  }

  @Test
  void aLogoutLastsThroughTheDispatchesOfItsRequest() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/acme").as("alice");
    ChromaAuthFilter filter = Team.filter();
    HttpServletRequest request = call.request();
    WithContainer container = new WithContainer(request, null);
    HttpServletRequest seen = Call.through(filter, container).seen();
    seen.logout();
    for (DispatcherType type : List.of(DispatcherType.ASYNC, DispatcherType.ERROR)) {
      call.dispatchedBy(type);
      assertNull(Call.through(filter, container).seen().getUserPrincipal(), type::name);
    }
  }

  @Test
  void theContainersLoginAndLogoutServeWhereItsPrincipalCounts()
      throws IOException, ServletException {
    Call call = Call.get("/api/v2/heartbeat");
    WithContainer container = new WithContainer(call.request(), null);
    HttpServletRequest seen = Call.through(CONTAINER, container).seen();
    assertThrows(ServletException.class, () -> seen.login("carol", "wrong"));
    seen.login("carol", "right");
    assertEquals("carol", seen.getRemoteUser());
    assertEquals("container", seen.getAuthType());
    seen.logout();
    assertNull(seen.getRemoteUser());
    assertEquals(List.of("login carol", "logout"), container.calls);
  }

  @Test
  void theContainerIsNotAskedWhereNoProviderWouldTakeItsWord()
      throws IOException, ServletException {
    WithContainer container = new WithContainer(Call.get(PUBLIC).request(), null);
    HttpServletRequest seen = Call.through(Team.filter(), container).seen();
    assertThrows(ServletException.class, () -> seen.login("carol", "right"));
    assertNull(seen.getUserPrincipal());
    assertEquals(List.of(), container.calls);
  }

  @Test
  void aLoginIsOfTheUserWhoLogsInWhateverElseTheRequestBears()
      throws IOException, ServletException {
    ChromaAuthFilter both =
        ChromaAuthFilter.builder()
            .authentication(TokenAuthentication.single(Secret.of("one-token")))
            .authentication(ContainerAuthentication.principal())
            .build();
    for (String token : List.of("one-token", "wrong")) {
      Call call = Call.get(PUBLIC).header("Authorization", "Bearer " + token);
      HttpServletRequest seen = Call.through(both, new WithContainer(call.request(), null)).seen();
      seen.login("carol", "right");
      assertEquals("carol", seen.getRemoteUser());
    }
    ChromaAuthFilter guests =
        ChromaAuthFilter.builder()
            .authentication(
                headers -> new AuthnResult.Authenticated(UserIdentity.of("guest", "guests")))
            .build();
    HttpServletRequest seen = Call.get(PUBLIC).through(guests).seen();
    assertThrows(ServletException.class, () -> seen.login("carol", "any"));
    assertNull(seen.getUserPrincipal());
  }

  @Test
  void nothingIsNoNameAndNoPassword() throws IOException, ServletException {
    HttpServletRequest seen = Call.get(PUBLIC).through(BASIC).seen();
    assertThrows(ServletException.class, () -> seen.login("bob", null));
    assertThrows(ServletException.class, () -> seen.login(null, "pa:ss"));
  }

  @Test
  void loginsAreToldLikeAllOtherDecisions() throws IOException, ServletException {
    List<AuthEvent> events = new ArrayList<>();
    ChromaAuthFilter told =
        ChromaAuthFilter.builder()
            .settings(
                Team.only(
                    "CHROMA_SERVER_AUTHN_PROVIDER",
                    "basic",
                    "CHROMA_SERVER_AUTHN_CREDENTIALS",
                    "bob:" + BCrypt.hashpw("right", BCrypt.gensalt(4))))
            .listener(events::add)
            .build();
    HttpServletRequest seen = Call.get(PUBLIC).through(told).seen();
    assertThrows(ServletException.class, () -> seen.login("bob", "wrong"));
    seen.login("bob", "right");
    assertEquals(List.of(0, 401, 0), events.stream().map(AuthEvent::status).toList());
    assertEquals("bob", events.get(2).userId());
    assertEquals(1, events.stream().map(AuthEvent::requestId).distinct().count());
  }

  @Test
  void whomTheContainerKnowsIsAskedForItsLogin() throws IOException, ServletException {
    WithContainer container = new WithContainer(Call.get(PUBLIC).request(), null);
    HttpServletRequest seen = Call.through(CONTAINER, container).seen();
    assertTrue(seen.authenticate(new FakeResponse().servlet()));
    assertEquals("carol", seen.getRemoteUser());
    assertEquals(List.of("authenticate"), container.calls);
  }

  @Test
  void theContainersPrincipalIsTheIdentityInEveryDispatch() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/acme");
    WithContainer container = new WithContainer(call.request(), "carol");
    HttpServletRequest seen = Call.through(CONTAINER, container).seen();
    assertEquals("carol", seen.getRemoteUser());
    call.dispatchedBy(DispatcherType.FORWARD);
    HttpServletRequest forwarded =
        Call.through(CONTAINER, new HttpServletRequestWrapper(seen)).seen();
    assertEquals("carol", forwarded.getRemoteUser());
    assertEquals(401, Call.through(CONTAINER, new WithContainer(call.request(), null)).status());
  }

  /** A request of a container that has a login of its own. */
  private static final class WithContainer extends HttpServletRequestWrapper {
    private final List<String> calls = new ArrayList<>();
    private @Nullable String user;

    WithContainer(HttpServletRequest request, @Nullable String user) {
      super(request);
      this.user = user;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
      String name = user;
      return name == null ? null : () -> name;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) {
      calls.add("authenticate");
      user = "carol";
      return true;
    }

    @Override
    public void login(String name, String password) throws ServletException {
      if (!password.equals("right")) {
        throw new ServletException("no");
      }
      calls.add("login " + name);
      user = name;
    }

    @Override
    public void logout() {
      calls.add("logout");
      user = null;
    }
  }
}
