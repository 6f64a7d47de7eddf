package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class Sha256Test {
  private static byte[] sha256(String text) {
    return Sha256.with(sha -> sha.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void oneWithinAnotherIsAnother() {
    byte[] outer =
        Sha256.with(
            sha -> {
              sha.update((byte) 'a');
              assertArrayEquals(DigestUtils.sha256("inner"), sha256("inner"));
              return sha.digest(new byte[] {'b'});
            });

    assertArrayEquals(DigestUtils.sha256("ab"), outer);
  }

  @Test
  void whatFailsLeavesNothingToTheNext() {
    assertThrows(
        IllegalStateException.class,
        () ->
            Sha256.with(
                sha -> {
                  sha.update((byte) 'a');
                  throw new IllegalStateException();
                }));

    assertArrayEquals(DigestUtils.sha256("b"), sha256("b"));
  }

  @Test
  void whatIsLeftBegunLeavesNothingToTheNext() {
    Sha256.with(
        sha -> {
          sha.update((byte) 'a');
          return new byte[0];
        });

    assertArrayEquals(DigestUtils.sha256("b"), sha256("b"));
  }

  @Test
  void manyThreadsDoNotMixTheirTexts() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(100); // more than there are places
    List<Future<Integer>> wrong = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String text = "text " + i;
      wrong.add(threads.submit(() -> wrong(text)));
    }
    threads.shutdown();
    for (Future<Integer> one : wrong) {
      assertEquals(0, one.get());
    }
  }

  private static int wrong(String text) {
    String right = DigestUtils.sha256Hex(text);
    int wrong = 0;
    for (int i = 0; i < 500; i++) {
      wrong += Digest.sha256(text).equals(Digest.of(hex(right))) ? 0 : 1;
    }
    return wrong;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
