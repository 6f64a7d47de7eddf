package io.chromaauth.authn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/** 256 bits that stand for a text, as the key of a map. */
public record Digest(long a, long b, long c, long d) {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 64;

  /** The SHA-256 of a text's UTF-8. */
  static Digest sha256(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(Sha256.with(sha -> sha.digest(bytes)));
  }

  /** A function that gives HMAC-SHA-256 under a key that nobody knows and that dies with it. */
  public static Function<String, Digest> keyed() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return keyed(key);
  }

  /** The same under a key of at most a block. */
  static Function<String, Digest> keyed(byte[] key) {
    byte[] inner = padded(key, (byte) 0x36);
    byte[] outer = padded(key, (byte) 0x5c);
    return text -> {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return of(
          Sha256.with(
              sha -> {
                sha.update(inner);
                byte[] hash = sha.digest(bytes);
                sha.update(outer);
                return sha.digest(hash);
              }));
    };
  }

  /** The digest in these 32 bytes. */
  static Digest of(byte[] bytes) {
    return new Digest(
        (long) WORD.get(bytes, 0),
        (long) WORD.get(bytes, 8),
        (long) WORD.get(bytes, 16),
        (long) WORD.get(bytes, 24));
  }

  /** Equality in constant time. */
  boolean matches(Digest other) {
    return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
  }

  /** Writes its four words to an array. */
  void write(long[] words, int at) {
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = c;
    words[at + 3] = d;
  }

  /** Whether it was written there, in constant time. */
  boolean isAt(long[] words, int at) {
    return ((a ^ words[at]) | (b ^ words[at + 1]) | (c ^ words[at + 2]) | (d ^ words[at + 3])) == 0;
  }

  @Override
  public int hashCode() {
    return (int) a;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && matches(that);
  }

  /** Says nothing of the text. */
  @Override
  public String toString() {
    return "Digest[***]";
  }

  private static byte[] padded(byte[] key, byte pad) {
    byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
    for (int i = 0; i < BLOCK_BYTES; i++) {
      block[i] ^= pad;
    }
    return block;
  }
}
