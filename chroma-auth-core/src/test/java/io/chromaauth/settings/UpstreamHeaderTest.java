package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamHeaderTest {
  @ParameterizedTest
  @CsvSource({"'', v", "'a b', v", "'a:', v", "a, ''", "a, ' v'", "a, 'sécret'", "a, 'x\u0001y'"})
  void headerThatCantBeSentIsRefused(String name, String value) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new UpstreamHeader(name, value));
    assertFalse(refused.toString().contains("sécret"));
  }
}
