package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of ours: recognisable, and wrong ones are seen without a look-up. */
class TokenFormTest {
  @Test
  void everyOneIsNewAndRight() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String token = TokenForm.random();
      assertTrue(token.matches("chra_[0-9A-Za-z]{49}"), token);
      assertFalse(TokenForm.isMistyped(token));
      tokens.add(token);
    }
    assertEquals(1_000, tokens.size());
  }

  @Test
  void anyOneCharacterMistypedIsSeen() {
    String token = TokenForm.random();
    for (int i = TokenForm.PREFIX.length(); i < token.length(); i++) {
      char other = token.charAt(i) == 'x' ? 'y' : 'x';
      assertTrue(TokenForm.isMistyped(token.substring(0, i) + other + token.substring(i + 1)));
    }
    assertTrue(TokenForm.isMistyped(token.substring(0, token.length() - 1)));
    assertTrue(TokenForm.isMistyped(token + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "chra", "s3cret", "CHRA_x", "xchra_x"})
  void otherTokensAreNotJudged(String token) {
    assertFalse(TokenForm.isMistyped(token));
  }
}
