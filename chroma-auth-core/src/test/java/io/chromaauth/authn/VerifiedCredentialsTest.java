package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifiedCredentialsTest {
  private static final Account ADMIN = new Account(0, "admin", BcryptHash.ofNothing(4));

  @Test
  void whatIsRememberedIsFound() {
    var verified = new VerifiedCredentials(Duration.ofDays(1), 10);
    verified.remember(verified.key("a"), ADMIN);
    assertEquals(ADMIN, verified.find(verified.key("a")));
    assertNull(verified.find(verified.key("b")));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 10", "PT1H, 0", "PT0.000000001S, 10"})
  void nothingIsRememberedWithoutTimeOrRoom(Duration ttl, long size) {
    var verified = new VerifiedCredentials(ttl, size);
    verified.remember(verified.key("a"), ADMIN);
    assertNull(verified.find(verified.key("a")));
  }

  @Test
  void noMoreThanItsSizeIsRemembered() {
    var verified = new VerifiedCredentials(Duration.ofDays(1), 2);
    for (int i = 0; i < 100; i++) {
      verified.remember(verified.key("a" + i), ADMIN);
    }
    long found = 0;
    for (int i = 0; i < 100; i++) {
      found += verified.find(verified.key("a" + i)) == null ? 0 : 1;
    }
    assertEquals(2, found);
  }
}
