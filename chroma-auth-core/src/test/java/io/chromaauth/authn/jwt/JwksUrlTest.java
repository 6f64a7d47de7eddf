package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.authn.Throttle;
import io.chromaauth.authn.jwt.JwksUrl.Pace;
import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.jsonwebtoken.Jwts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys at a URL, by a clock that runs faster than the usual one. */
@Timeout(60)
class JwksUrlTest {
  private static final String R1 = Issuer.jwk("r1", Issuer.RSA.getPublic());
  private static final String R2 = Issuer.jwk("r2", Issuer.OTHER_RSA.getPublic());
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(50);

  /** Asks by itself all the time. */
  private static final Pace EAGER = new Pace(SHORT, LONG, SHORT, SHORT);

  /** Asks after the start only where a token names an unknown key, every half second. */
  private static final Pace ASKED = new Pace(LONG, Duration.ofMillis(500), SHORT, SHORT);

  private KeyServer server;

  @BeforeEach
  void start() throws Exception {
    server = new KeyServer(Issuer.set(R1));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void theUsualPaceIsThatOfTheDocuments() {
    assertEquals(Duration.ofMinutes(5), Pace.USUAL.interval());
    assertEquals(Duration.ofMinutes(1), Pace.USUAL.afterMissed());
  }

  @Test
  void keysAreThereAtTheStart() {
    try (JwksUrl keys = start(Pace.USUAL)) {
      assertAccepted(keys, "r1", Issuer.RSA);
      assertEquals(1, server.asked());
    }
  }

  @Test
  void theSameKeysAreTheSameSnapshot() {
    try (JwksUrl keys = start(EAGER)) {
      KeySet first = keys.current();
      server.serve("{ \"other\": 1, \"keys\": [" + R1 + "] }"); // spelt in another way
      awaitAsked(server.asked() + 2);
      assertSame(first, keys.current());
    }
  }

  @Test
  void aRemovedKeyEndsTheTokensThatItSigned() {
    try (JwksUrl keys = start(EAGER)) {
      JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, Issuer.needs());
      String token = token("r1", Issuer.RSA);
      assertInstanceOf(AuthnResult.Authenticated.class, Issuer.ask(jwt, token));
      KeySet first = keys.current();
      server.serve(Issuer.set(R2));
      await(() -> keys.current() != first);
      assertNotSame(first, keys.current());
      assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, token));
      assertAccepted(keys, "r2", Issuer.OTHER_RSA);
    }
  }

  @Test
  void anUnknownKeyIsLookedForSoonAndNotTooOften() {
    try (JwksUrl keys = start(ASKED)) {
      JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, Issuer.needs());
      server.serve(Issuer.set(R1, R2));
      String token = token("r2", Issuer.OTHER_RSA);
      assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, token));
      await(() -> Issuer.ask(jwt, token) instanceof AuthnResult.Authenticated);
      assertEquals(2, server.asked());

      long begin = System.nanoTime();
      while (System.nanoTime() - begin < Duration.ofSeconds(2).toNanos()) {
        Issuer.ask(jwt, token("nobody", Issuer.OTHER_RSA));
      }
      assertTrue(
          server.asked() <= 2 + 5, () -> "asked " + server.asked() + " times"); // 2 s / 500 ms
      assertTrue(server.asked() > 3, () -> "asked " + server.asked() + " times");
    }
  }

  /** Else its first bearers would wait for longer than the promised minute. */
  @Test
  void aTokenOfAKeyThatMayBeNewIsNoGuess() {
    Needs throttled = new Needs(new Throttle(2, LONG), LONG, 10, Issuer.needs().clock());
    try (JwksUrl keys = start(ASKED)) {
      JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, throttled);
      String token = token("r2", Issuer.OTHER_RSA);
      for (int i = 0; i < 5; i++) {
        assertEquals(AuthnResult.wrong("a token with an unknown key"), Issuer.ask(jwt, token));
      }
      String forged = token("r1", Issuer.OTHER_RSA);
      Issuer.ask(jwt, forged);
      Issuer.ask(jwt, forged);
      assertInstanceOf(AuthnResult.Delayed.class, Issuer.ask(jwt, forged));
    }
  }

  /** Somebody who sends nonsense must not keep a new key from being found. */
  @Test
  void aKeyThatIsMissedJustAfterALookIsFoundAtTheNextOne() {
    try (JwksUrl keys = start(ASKED)) {
      JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, Issuer.needs());
      Issuer.ask(jwt, token("nobody", Issuer.OTHER_RSA));
      awaitAsked(2);
      server.serve(Issuer.set(R1, R2));
      String token = token("r2", Issuer.OTHER_RSA);
      assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, token)); // once only
      awaitAsked(3);
      await(() -> Issuer.ask(jwt, token) instanceof AuthnResult.Authenticated);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 404, 302, 403})
  void whileTheServerErrsTheKeysHoldOn(int status) {
    try (JwksUrl keys = start(EAGER)) {
      KeySet first = keys.current();
      server.fail(status);
      awaitAsked(server.asked() + 3);
      assertSame(first, keys.current());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{\"keys\": {}}", "{\"keys\":[],\"keys\":[]}"})
  void whatIsNoSetIsAnError(String body) {
    try (JwksUrl keys = start(EAGER)) {
      KeySet first = keys.current();
      server.serve(body);
      awaitAsked(server.asked() + 3);
      assertSame(first, keys.current());
    }
  }

  @Test
  void anAnswerOfNoEndIsAnError() {
    try (JwksUrl keys = start(EAGER)) {
      KeySet first = keys.current();
      server.serve(Issuer.set(R2).replace("}", "}" + " ".repeat(1 << 20)));
      awaitAsked(server.asked() + 2);
      assertSame(first, keys.current());
    }
  }

  /** All keys withdrawn: that is no error. */
  @Test
  void anEmptySetRefusesEverybody() {
    try (JwksUrl keys = start(EAGER)) {
      KeySet first = keys.current();
      server.serve(Issuer.set());
      await(() -> keys.current() != first);
      JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, Issuer.needs());
      assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, token("r1", Issuer.RSA)));
    }
  }

  @Test
  void aServerThatIsNotThereYetIsWaitedFor() {
    server.fail(503);
    try (JwksUrl keys = start(EAGER)) {
      assertNull(keys.current());
      JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, Issuer.needs());
      String token = token("r1", Issuer.RSA);
      AuthnResult.Refused refused =
          assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, token));
      assertEquals(AuthnResult.Cause.UNAVAILABLE, refused.cause());
      assertEquals(
          AuthnResult.wrong("no token that can be read"), Issuer.ask(jwt, "a.b.c")); // no 503
      server.serve(Issuer.set(R1));
      await(() -> Issuer.ask(jwt, token) instanceof AuthnResult.Authenticated);
    }
  }

  @Test
  void aServerThatNeverAnswersDelaysTheStartForAMoment() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/keys");
      long begin = System.nanoTime();
      try (JwksUrl keys = JwksUrl.start(url, Set.of(), Issuer.needs(), EAGER)) {
        assertNull(keys.current());
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(5).toNanos());
      }
    }
  }

  @Test
  void closeEndsTheThreads() {
    await(() -> threads() == 0); // those of the tests before
    JwksUrl keys = start(EAGER);
    assertTrue(threads() > 0);
    keys.close();
    await(() -> threads() == 0);
  }

  private JwksUrl start(Pace pace) {
    return JwksUrl.start(server.url(), Set.of(), Issuer.needs(), pace);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("chroma-auth-jwks"))
        .count();
  }

  private static void assertAccepted(JwksUrl keys, String kid, KeyPair pair) {
    JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, Issuer.needs());
    assertInstanceOf(AuthnResult.Authenticated.class, Issuer.ask(jwt, token(kid, pair)));
  }

  private static String token(String kid, KeyPair pair) {
    return Issuer.token()
        .header()
        .keyId(kid)
        .and()
        .signWith(pair.getPrivate(), Jwts.SIG.RS256)
        .compact();
  }

  private void awaitAsked(int times) {
    await(() -> server.asked() >= times);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come to it");
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
