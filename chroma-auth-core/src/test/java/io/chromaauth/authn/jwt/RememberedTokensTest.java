package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.chromaauth.AuthnResult;
import io.chromaauth.UserIdentity;
import io.chromaauth.authn.Throttle;
import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.jsonwebtoken.Jwts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {
  private static final AuthnResult ALICE =
      new AuthnResult.Authenticated(UserIdentity.of("alice", "jwt"));

  @Test
  void aTokenIsRememberedUntilItExpires() throws InterruptedException {
    RememberedTokens remembered = new RememberedTokens(Duration.ofMinutes(5), 10);
    Instant soon = Instant.now().plusMillis(200);
    remembered.remember("a.b.c", ALICE, soon);
    remembered.remember("d.e.f", ALICE, Instant.now().plusSeconds(300));
    assertSame(ALICE, remembered.find("d.e.f"));
    while (Instant.now().isBefore(soon)) {
      Thread.sleep(10);
    }
    assertNull(remembered.find("a.b.c"));
    assertSame(ALICE, remembered.find("d.e.f"));
    assertNull(remembered.find("d.e.g"));
  }

  @Test
  void aTokenIsRememberedForNoLongerThanTheSettingSays() throws InterruptedException {
    RememberedTokens remembered = new RememberedTokens(Duration.ofMillis(100), 10);
    remembered.remember("a.b.c", ALICE, Instant.now().plusSeconds(300));
    Thread.sleep(150);
    assertNull(remembered.find("a.b.c"));
  }

  @Test
  void zeroTurnsItOff() {
    for (RememberedTokens off :
        List.of(
            new RememberedTokens(Duration.ZERO, 10), new RememberedTokens(Duration.ofDays(1), 0))) {
      off.remember("a.b.c", ALICE, Instant.now().plusSeconds(300));
      assertNull(off.find("a.b.c"));
    }
  }

  @Test
  void theSignatureIsVerifiedOnceAndRefusalsAreNotRemembered() {
    AtomicInteger checks = new AtomicInteger();
    SigningKey rsa = Jwks.parse(Issuer.rsaSet(), Set.of()).orElseThrow().keys().get(0);
    SigningKey counting =
        new SigningKey(
            rsa.id(),
            rsa.algorithms(),
            rsa.members(),
            (algorithm, signed, signature) -> {
              checks.incrementAndGet();
              return rsa.check().isRight(algorithm, signed, signature);
            });
    Needs needs = new Needs(Throttle.off(), Duration.ofMinutes(5), 10, Clock.systemUTC());
    KeySet set = KeySet.of(List.of(counting), needs);
    JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, () -> set, needs);
    String token =
        Issuer.tokenAt(Instant.now())
            .header()
            .keyId("r1")
            .and()
            .signWith(Issuer.RSA.getPrivate(), Jwts.SIG.RS256)
            .compact();
    int last = token.lastIndexOf('.') + 1;
    char other = token.charAt(last) == 'A' ? 'B' : 'A';
    String forged = token.substring(0, last) + other + token.substring(last + 1);
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(AuthnResult.Authenticated.class, Issuer.ask(jwt, token));
      assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, forged));
    }
    assertEquals(4, checks.get());
  }

  @Test
  void nothingPrintsAToken() {
    String token = Issuer.rs256();
    SignedToken parsed = SignedToken.parse(token).orElseThrow();
    String signature = token.substring(token.lastIndexOf('.') + 1);
    assertFalse(parsed.toString().contains(signature));
  }
}
