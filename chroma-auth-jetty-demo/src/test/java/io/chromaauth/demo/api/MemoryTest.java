package io.chromaauth.demo.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.store.Budget;
import io.chromaauth.demo.store.Refused;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bodies may take of the memory. */
class MemoryTest {
  private static final Payload ADD =
      new Payload("Add", java.util.Set.of("ids", "metadatas"), EmbeddingsForm.ADD);
  private static final long SOME = 1 << 20;

  @TempDir Path folder;

  private final Budget memory = new Budget(SOME, "the request body", "send less");

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String many(String value, int count) {
    return String.join(",", Collections.nCopies(count, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "1", "{}", "[]", "null", "{\"a\":1}"})
  void manySmallValuesCountForWhatTheyBecome(String value) {
    for (String field : new String[] {"ids", "metadatas", "embeddings"}) {
      String body = "{\"" + field + "\":{\"x\":[" + many(value, 20_000) + "]}}";
      try (Budget.Share share = memory.share()) {
        RuntimeException refused =
            assertThrows(RuntimeException.class, () -> ADD.read(stream(body), share));
        boolean unread = field.equals("embeddings") && refused instanceof ApiException;
        assertTrue(unread || refused instanceof Refused, refused::toString);
      }
    }
    assertEquals(0, memory.taken());
  }

  @Test
  void manyNamesCountEvenIfTheyArePassedOver() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      names.append("\"n").append(i).append("\":1,");
    }
    String body = "{\"other\":{" + names + "\"z\":1}}";
    try (Budget.Share share = memory.share()) {
      assertThrows(Refused.class, () -> ADD.read(stream(body), share));
    }
  }

  @Test
  void embeddingsCountForTheirFloats() throws Exception {
    String body = "{\"ids\":[],\"embeddings\":[[" + many("0.123456789", 100_000) + "]]}";
    try (Budget.Share share = memory.share()) {
      assertEquals(1, ADD.read(stream(body), share).requiredEmbeddings("embeddings").size());
    }
    String larger = "{\"ids\":[],\"embeddings\":[" + many("[1]", 50_000) + "]}";
    try (Budget.Share share = memory.share()) {
      Refused refused = assertThrows(Refused.class, () -> ADD.read(stream(larger), share));
      assertEquals(Refused.Why.TOO_LARGE, refused.why());
      assertTrue(String.valueOf(refused.getMessage()).contains("-Xmx"));
    }
  }

  @Test
  void whatOthersHaveTakenIsNotThere() {
    try (Budget.Share one = memory.share();
        Budget.Share other = memory.share()) {
      one.take(SOME / 2);
      Refused refused = assertThrows(Refused.class, () -> other.take(SOME * 3 / 4));
      assertEquals(Refused.Why.BUSY, refused.why());
    }
    assertEquals(0, memory.taken());
  }

  @Test
  void longBodiesWaitInAFileThatGoesWithThem() throws Exception {
    Bodies bodies = new Bodies(folder, memory, new Budget(SOME, "the request body", ""));
    byte[] part = new byte[50_000];
    try (CollectedBody body = bodies.collect()) {
      for (int i = 0; i < 10; i++) {
        body.add(part, part.length);
      }
      assertEquals(500_000, body.read().readAllBytes().length);
      assertTrue(memory.taken() < 200_000);
      assertThrows(
          Refused.class,
          () -> {
            for (int i = 0; i < 20; i++) {
              body.add(part, part.length);
            }
          });
    }
    assertEquals(0, bodies.disk().taken());
    assertEquals(0, memory.taken());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }
}
