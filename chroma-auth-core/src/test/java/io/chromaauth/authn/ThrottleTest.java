package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import io.chromaauth.Samples;
import io.chromaauth.Secret;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Ten failures in a minute, then delays that double up to half a minute; success clears. */
class ThrottleTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private final Throttle throttle = new Throttle(10, Duration.ofMinutes(1), now::get);

  @Test
  void tenFailuresMakeTheNextTryWaitAndEachFurtherOneTwiceAsLong() {
    for (int i = 0; i < 9; i++) {
      throttle.failed("u");
      assertEquals(Duration.ZERO, throttle.delay("u"), "after " + (i + 1));
    }
    for (int seconds : List.of(1, 2, 4, 8, 16, 30, 30)) {
      throttle.failed("u");
      assertEquals(Duration.ofSeconds(seconds), throttle.delay("u"));
      pass(Duration.ofSeconds(seconds));
      assertEquals(Duration.ZERO, throttle.delay("u"));
    }
    assertEquals(Duration.ZERO, throttle.delay("somebody else"));
  }

  @Test
  void failuresThatAreFarApartAreForgiven() {
    for (int i = 0; i < 40; i++) {
      throttle.failed("u");
      assertEquals(Duration.ZERO, throttle.delay("u"));
      pass(Duration.ofSeconds(7)); // nine in a minute at most
    }
  }

  @Test
  void afterAQuietMinuteAllIsAsBefore() {
    for (int i = 0; i < 12; i++) {
      throttle.failed("u");
    }
    pass(Duration.ofSeconds(100));
    throttle.failed("u");
    assertEquals(Duration.ZERO, throttle.delay("u"));
  }

  @Test
  void successClears() {
    for (int i = 0; i < 9; i++) {
      throttle.failed("u");
    }
    throttle.succeeded("u");
    throttle.failed("u");
    assertEquals(Duration.ZERO, throttle.delay("u"));
  }

  @Test
  void oneFailureIsEnoughWhereTheSettingSaysSoAndNoneWhereItIsOff() {
    Throttle strict = new Throttle(1, Duration.ofMinutes(1), now::get);
    strict.failed("u");
    assertEquals(Duration.ofSeconds(1), strict.delay("u"));
    Throttle off = Throttle.off();
    for (int i = 0; i < 100; i++) {
      off.failed("u");
    }
    assertEquals(Duration.ZERO, off.delay("u"));
  }

  @Test
  void whatIsRememberedIsBounded() {
    for (int i = 0; i < 150_000; i++) {
      throttle.failed(Throttle.key("user" + i, "192.0.2.1"));
    }
    assertTrue(throttle.size() <= 100_000, () -> "remembered " + throttle.size());
    assertTrue(Throttle.key("x".repeat(1_000_000), "192.0.2.1").length() < 200);
    assertFalse(
        Throttle.key("x".repeat(200) + "a", "s").equals(Throttle.key("x".repeat(200) + "b", "s")));
  }

  @Test
  void aFloodOnAUserFromOneAddressLeavesTheUserAtAnother() {
    BasicAuthenticator basic = basic("admin:" + Samples.ADMIN_HASH);
    for (int i = 0; i < 10; i++) {
      assertInstanceOf(
          AuthnResult.Refused.class, basic.authenticate(from("6.6.6.6", "admin", "guess" + i)));
    }
    for (int i = 0; i < 1_000; i++) {
      assertInstanceOf(
          AuthnResult.Delayed.class, basic.authenticate(from("6.6.6.6", "admin", "more" + i)));
    }
    // not even with the right password, or guessing would go on unseen
    assertInstanceOf(
        AuthnResult.Delayed.class, basic.authenticate(from("6.6.6.6", "admin", "admin")));
    assertInstanceOf(
        AuthnResult.Authenticated.class, basic.authenticate(from("10.0.0.1", "admin", "admin")));
    // what the cache knows is never slowed down, wherever it comes from
    assertInstanceOf(
        AuthnResult.Authenticated.class, basic.authenticate(from("6.6.6.6", "admin", "admin")));
    assertInstanceOf(
        AuthnResult.Refused.class, basic.authenticate(from("6.6.6.6", "nobody", "guess")));
  }

  @Test
  void guessesOfTokensAreSlowedDownBySourceAndKnownTokensNever() {
    TokenAuthenticator tokens =
        TokenAuthenticator.single(Secret.of("s3cret"), TokenHeader.EITHER, throttle);
    for (int i = 0; i < 10; i++) {
      assertInstanceOf(AuthnResult.Refused.class, tokens.authenticate(token("6.6.6.6", "no" + i)));
    }
    assertInstanceOf(AuthnResult.Delayed.class, tokens.authenticate(token("6.6.6.6", "no")));
    assertInstanceOf(
        AuthnResult.Delayed.class, tokens.authenticate(token("6.6.6.6", "chra_mistyped")));
    assertInstanceOf(
        AuthnResult.Authenticated.class, tokens.authenticate(token("6.6.6.6", "s3cret")));
    assertInstanceOf(AuthnResult.Refused.class, tokens.authenticate(token("10.0.0.1", "no")));
  }

  @Test
  void noCredentialsAreNoFailure() {
    TokenAuthenticator tokens =
        TokenAuthenticator.single(Secret.of("s3cret"), TokenHeader.EITHER, throttle);
    for (int i = 0; i < 50; i++) {
      assertEquals(AuthnResult.NOT_PRESENTED, tokens.authenticate(Samples.noHeaders()));
    }
    assertInstanceOf(AuthnResult.Refused.class, tokens.authenticate(token("", "no")));
  }

  private BasicAuthenticator basic(String htpasswd) {
    Faults faults = new Faults();
    var remembered = new BasicAuthenticator.VerifiedFor(Duration.ofMinutes(5), 100);
    return BasicAuthenticator.htpasswd(htpasswd, Place.of("test"), faults, remembered, throttle);
  }

  private static RequestHeaders from(String source, String user, String password) {
    return at(source, Samples.basic(user, password));
  }

  private static RequestHeaders token(String source, String token) {
    return at(source, Samples.bearer(token));
  }

  private static RequestHeaders at(String source, RequestHeaders headers) {
    return new RequestHeaders() {
      @Override
      public List<String> values(String name) {
        return headers.values(name);
      }

      @Override
      public String source() {
        return source;
      }
    };
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
