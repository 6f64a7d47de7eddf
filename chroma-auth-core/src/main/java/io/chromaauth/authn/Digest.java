package io.chromaauth.authn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * 256 bits that stand for a text, as the key of a map. Built on prototypes that are cloned for each
 * use: nothing is bound to a thread.
 */
public record Digest(long a, long b, long c, long d) {
  private static final MessageDigest SHA_256 = sha256();
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 64;

  /** The SHA-256 of a text's UTF-8. */
  static Digest sha256(String text) {
    return of(end(SHA_256, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A function that gives HMAC-SHA-256 under a key that nobody knows and that dies with it. */
  public static Function<String, Digest> keyed() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return keyed(key);
  }

  /** The same under a key of at most a block; what depends on it alone is computed once. */
  static Function<String, Digest> keyed(byte[] key) {
    MessageDigest inner = begun(key, (byte) 0x36);
    MessageDigest outer = begun(key, (byte) 0x5c);
    return text -> of(end(outer, end(inner, text.getBytes(StandardCharsets.UTF_8))));
  }

  /** The digest in these 32 bytes. */
  static Digest of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
    return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** Equality in constant time. */
  boolean matches(Digest other) {
    return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
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

  private static MessageDigest begun(byte[] key, byte pad) {
    byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
    for (int i = 0; i < BLOCK_BYTES; i++) {
      block[i] ^= pad;
    }
    MessageDigest digest = sha256();
    digest.update(block);
    return digest;
  }

  private static byte[] end(MessageDigest begun, byte[] bytes) {
    try {
      return ((MessageDigest) begun.clone()).digest(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 without clone()", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no SHA-256", e);
    }
  }
}
