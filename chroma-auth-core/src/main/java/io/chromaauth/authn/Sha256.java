package io.chromaauth.authn;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 with digests that are lent and given back, not made for each text. Lent by thread number,
 * so that two threads seldom meet, but bound to none: a webapp's threads outlive it, and virtual
 * ones are many. Thread-safe.
 */
final class Sha256 {
  private static final int PLACES = 64;

  /** References in a line of the processors' cache: neighbours would slow each other down. */
  private static final int APART = 16;

  private static final AtomicReferenceArray<@Nullable MessageDigest> FREE =
      new AtomicReferenceArray<>(PLACES * APART);

  private Sha256() {}

  /** What some steps on a digest come to. */
  static byte[] with(Function<MessageDigest, byte[]> steps) {
    int place = (int) (Thread.currentThread().getId() & (PLACES - 1)) * APART;
    MessageDigest free = FREE.getAndSet(place, null);
    MessageDigest digest = free == null ? create() : free;
    byte[] result = steps.apply(digest);
    digest.reset(); // nothing of the text stays in it
    FREE.setRelease(place, digest);
    return result;
  }

  private static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no SHA-256", e);
    }
  }
}
