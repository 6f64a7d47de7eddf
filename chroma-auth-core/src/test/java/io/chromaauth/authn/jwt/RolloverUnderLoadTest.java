package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.authn.jwt.JwksUrl.Pace;
import io.jsonwebtoken.Jwts;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promise of the documents at a thousand times its pace: 0.3 s are five minutes, and nobody is
 * asked because of an unknown key.
 */
@Timeout(120)
class RolloverUnderLoadTest {
  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final Pace PACE = new Pace(INTERVAL, Duration.ofHours(1), INTERVAL, INTERVAL);
  private static final int CONNECTIONS = 8;
  private static final int ROLLOVERS = 5;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile List<String> tokens = List.of();

  @Test
  void aKeyPublishedAnIntervalBeforeItsUseFailsNoRequest() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    KeyPair pair = Jwts.SIG.RS256.keyPair().build();
    String jwk = Issuer.jwk("k0", pair.getPublic());
    try (KeyServer server = new KeyServer(Issuer.set(jwk));
        JwksUrl keys = JwksUrl.start(server.url(), Set.of(), Issuer.needs(), PACE)) {
      JwtAuthenticator jwt = new JwtAuthenticator(Issuer.OPTIONS, keys, Issuer.needs());
      use("k0", pair);
      List<Future<Integer>> failures = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        failures.add(threads.submit(() -> ask(jwt)));
      }
      for (int i = 1; i <= ROLLOVERS; i++) {
        KeyPair next = Jwts.SIG.RS256.keyPair().build();
        String nextJwk = Issuer.jwk("k" + i, next.getPublic());
        server.serve(Issuer.set(jwk, nextJwk));
        awaitRead(server);
        use("k" + i, next); // the old tokens are used up before their key goes
        Thread.sleep(100);
        server.serve(Issuer.set(nextJwk));
        awaitRead(server);
        server.fail(500); // and the server is gone for a while
        awaitRead(server);
        jwk = nextJwk;
      }
      ended.set(true);
      int failed = 0;
      for (Future<Integer> future : failures) {
        failed += future.get();
      }
      assertEquals(0, failed);
      assertTrue(accepted.get() > 1000, accepted::toString);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The five minutes: whoever reads every interval has read what was there before. */
  private static void awaitRead(KeyServer server) throws InterruptedException {
    int before = server.asked();
    while (server.asked() < before + 2) {
      Thread.sleep(5);
    }
  }

  private void use(String kid, KeyPair pair) {
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      fresh.add(
          Issuer.token()
              .id(String.valueOf(i))
              .header()
              .keyId(kid)
              .and()
              .signWith(pair.getPrivate(), Jwts.SIG.RS256)
              .compact());
    }
    tokens = fresh;
  }

  private int ask(JwtAuthenticator jwt) {
    int failed = 0;
    for (int i = 0; !ended.get(); i++) {
      List<String> now = tokens;
      if (Issuer.ask(jwt, now.get(i % now.size())) instanceof AuthnResult.Authenticated) {
        accepted.incrementAndGet();
      } else {
        failed++;
      }
    }
    return failed;
  }
}
