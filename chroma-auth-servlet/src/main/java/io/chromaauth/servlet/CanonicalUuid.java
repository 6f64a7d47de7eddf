package io.chromaauth.servlet;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads UUIDs of 36 characters (RFC 9562, 4), in either case. */
final class CanonicalUuid {
  private static final int LENGTH = 36;

  /** By character; -1 for what is no hexadecimal digit. */
  private static final byte[] DIGITS = new byte[256];

  static {
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = (byte) (HexFormat.isHexDigit(i) ? HexFormat.fromHexDigit(i) : -1);
    }
  }

  private CanonicalUuid() {}

  /** The UUID, or null for every other form: a server might read those in its own way. */
  static @Nullable UUID parse(byte[] text, int start, int end) {
    if (end - start != LENGTH
        || text[start + 8] != '-'
        || text[start + 13] != '-'
        || text[start + 18] != '-'
        || text[start + 23] != '-') {
      return null;
    }
    long timeLow = number(text, start, 8);
    long timeMid = number(text, start + 9, 4);
    long timeHigh = number(text, start + 14, 4);
    long clock = number(text, start + 19, 4);
    long node = number(text, start + 24, 12);
    return (timeLow | timeMid | timeHigh | clock | node) < 0
        ? null
        : new UUID(timeLow << 32 | timeMid << 16 | timeHigh, clock << 48 | node);
  }

  /** The number of these digits, or -1 if they are none. */
  private static long number(byte[] text, int start, int digits) {
    long value = 0;
    int signs = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = DIGITS[text[i] & 0xFF];
      signs |= digit;
      value = value << 4 | digit;
    }
    return signs < 0 ? -1 : value;
  }
}
