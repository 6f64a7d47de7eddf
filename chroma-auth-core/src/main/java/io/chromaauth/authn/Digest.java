package io.chromaauth.authn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 256 bits that stand for a text, as the key of a map. Built on prototypes that are cloned for each
 * use: nothing is bound to a thread.
 */
public record Digest(long a, long b, long c, long d) {
  private static final MessageDigest SHA_256 = sha256();

  /** The SHA-256 of a text's UTF-8. */
  static Digest sha256(String text) {
    try {
      MessageDigest digest = (MessageDigest) SHA_256.clone();
      return of(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 without clone()", e);
    }
  }

  /** A function that gives HMAC-SHA-256 under a key that nobody knows and that dies with it. */
  public static Function<String, Digest> keyed() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      Mac prototype = Mac.getInstance("HmacSHA256");
      prototype.init(new SecretKeySpec(key, "HmacSHA256"));
      return text -> keyed(prototype, text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HmacSHA256", e);
    }
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

  private static Digest keyed(Mac prototype, String text) {
    try {
      Mac mac = (Mac) prototype.clone();
      return of(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("HmacSHA256 without clone()", e);
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
