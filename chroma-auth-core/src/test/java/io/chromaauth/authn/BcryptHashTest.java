package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Samples;
import io.chromaauth.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptHashTest {
  @ParameterizedTest
  @ValueSource(strings = {"$2a$04$", "$2b$04$", "$2y$04$"})
  void allPrefixesOfBcryptVerify(String prefix) {
    BcryptHash hash = BcryptHash.parse(prefix + Samples.ADMIN_TAIL).orElseThrow();
    assertTrue(hash.matches(Secret.of("admin")));
    assertFalse(hash.matches(Secret.of("Admin")));
    assertEquals(4, hash.cost());
  }

  @ParameterizedTest
  @CsvSource({
    "'', " + Samples.EMPTY_HASH,
    "p:a:ss, " + Samples.BOB_HASH,
    "pässwörd€, " + Samples.JUERGEN_HASH,
    "admin, " + Samples.ADMIN_HASH_10
  })
  void whatOthersHashedVerifies(String password, String hash) {
    assertTrue(BcryptHash.parse(hash).orElseThrow().matches(Secret.of(password)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$2y$04$",
        "$2x$04$" + Samples.ADMIN_TAIL,
        "$2$04$" + Samples.ADMIN_TAIL,
        "$2y$4$" + Samples.ADMIN_TAIL,
        "$2y$004$" + Samples.ADMIN_TAIL,
        "$2y$-4$" + Samples.ADMIN_TAIL,
        "$2y$０４$" + Samples.ADMIN_TAIL,
        " $2y$04$" + Samples.ADMIN_TAIL,
        "$2y$04$" + Samples.ADMIN_TAIL + "\n",
        "$2Y$04$" + Samples.ADMIN_TAIL
      })
  void anythingElseIsNoHash(String text) {
    assertEquals(Optional.empty(), BcryptHash.parse(text));
  }

  @Test
  void theHashOfNothingIsOfItsCostAndMatchesNothing() {
    BcryptHash nothing = BcryptHash.ofNothing(5);
    assertEquals(5, nothing.cost());
    nothing.spendTheTimeOf(Secret.of("s3cret"));
    assertFalse(nothing.matches(Secret.of("")));
    assertFalse(nothing.matches(Secret.of("\0")));
    assertFalse(nothing.matches(Secret.of("admin")));
  }

  @Test
  void theHashIsNotPrinted() {
    assertEquals("BcryptHash[***]", new BcryptHash(Samples.ADMIN_HASH).toString());
  }
}
