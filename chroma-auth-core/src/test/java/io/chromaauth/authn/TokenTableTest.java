package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTableTest {
  private static final Instant PAST = Instant.EPOCH;
  private static final Instant FUTURE = Instant.MAX;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 1_000, 20_000})
  void everyTokenIsItsUsersAndNoOther(int size) {
    Map<Digest, Held> tokens = new HashMap<>();
    for (int i = 0; i < size; i++) {
      tokens.put(Digest.sha256("token" + i), new Held(i, null, i));
    }
    TokenTable table = new TokenTable(tokens);
    for (int i = 0; i < size; i++) {
      assertEquals(i, table.holder(Digest.sha256("token" + i)));
      assertEquals(TokenTable.NOBODY, table.holder(Digest.sha256("other" + i)));
    }
    assertEquals(TokenTable.NOBODY, table.holder(Digest.sha256("")));
  }

  /** Digests whose places are the same, at the end of the table and so beyond it. */
  @Test
  void digestsOfOnePlaceAreToldApart() {
    Random random = new Random(5);
    Map<Digest, Held> tokens = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      tokens.put(new Digest(-1L, random.nextLong(), random.nextLong(), i), new Held(i, null, i));
    }
    TokenTable table = new TokenTable(tokens);
    tokens.forEach((digest, held) -> assertEquals(held.user(), table.holder(digest)));
    assertEquals(TokenTable.NOBODY, table.holder(new Digest(-1L, 0, 0, 0)));
  }

  @Test
  void eachBitOfADigestCounts() {
    Digest token = Digest.sha256("token");
    TokenTable table = new TokenTable(Map.of(token, new Held(0, null, 1)));
    for (int bit = 0; bit < 64; bit++) {
      long flip = 1L << bit;
      for (Digest near :
          new Digest[] {
            new Digest(token.a() ^ flip, token.b(), token.c(), token.d()),
            new Digest(token.a(), token.b() ^ flip, token.c(), token.d()),
            new Digest(token.a(), token.b(), token.c() ^ flip, token.d()),
            new Digest(token.a(), token.b(), token.c(), token.d() ^ flip)
          }) {
        assertEquals(TokenTable.NOBODY, table.holder(near));
      }
    }
  }

  @Test
  void aTokenEndsWhenItsTimeIsOver() {
    TokenTable table =
        new TokenTable(
            Map.of(
                Digest.sha256("old"), new Held(0, PAST, 1),
                Digest.sha256("new"), new Held(1, FUTURE, 2),
                Digest.sha256("ever"), new Held(2, null, 3)));
    assertEquals(TokenTable.EXPIRED, table.holder(Digest.sha256("old")));
    assertEquals(1, table.holder(Digest.sha256("new")));
    assertEquals(2, table.holder(Digest.sha256("ever")));
  }
}
