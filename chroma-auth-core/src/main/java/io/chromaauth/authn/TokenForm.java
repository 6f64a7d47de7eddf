package io.chromaauth.authn;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * Tokens that this program makes: {@code chra_}, 43 random characters (256 bits), 6 of a checksum.
 * A leaked one can be recognised by scanners, and a mistyped one is refused without a look-up.
 */
public final class TokenForm {
  /** How every one begins. */
  public static final String PREFIX = "chra_";

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM = 43;
  private static final int CHECKSUM = 6;
  private static final SecureRandom SOURCE = new SecureRandom();

  private TokenForm() {}

  /** A new token. */
  public static String random() {
    StringBuilder token = new StringBuilder(PREFIX);
    for (int i = 0; i < RANDOM; i++) {
      token.append(ALPHABET.charAt(SOURCE.nextInt(ALPHABET.length())));
    }
    return token + checksum(token);
  }

  /** Whether it begins as ours do and can't be one. */
  static boolean isMistyped(String token) {
    if (!token.startsWith(PREFIX)) {
      return false;
    }
    int length = PREFIX.length() + RANDOM;
    return token.length() != length + CHECKSUM
        || !token.substring(length).equals(checksum(token.substring(0, length)));
  }

  private static String checksum(CharSequence text) {
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
    long value = crc.getValue();
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < CHECKSUM; i++) {
      digits.insert(0, ALPHABET.charAt((int) (value % ALPHABET.length())));
      value /= ALPHABET.length();
    }
    return digits.toString();
  }
}
