package io.chromaauth.servlet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code %XX} once, strictly: ASCII digits only, and the bytes must be UTF-8. And the only
 * place where a name is encoded.
 */
final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Percent-encodes everything but unreserved characters (RFC 3986, 2.3), as UTF-8. */
  static String encode(String name) {
    StringBuilder text = new StringBuilder(name.length() + 8);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
      }
    }
    return text.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '_'
        || b == '~'
        || b == '.';
  }

  /** The text, or null if it is not well-formed or holds a character beyond ASCII as it is. */
  static @Nullable String decode(String encoded) {
    byte[] bytes = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      int value = encoded.charAt(i);
      if (value >= 0x7F) {
        return null;
      }
      if (value == '%') {
        value = octet(encoded, i + 1);
        if (value < 0) {
          return null;
        }
        i += 2;
      }
      bytes[length++] = (byte) value;
    }
    return utf8(bytes, length);
  }

  /** The byte of two hexadecimal digits, or -1. */
  static int octet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = digit(text.charAt(at));
    int low = digit(text.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /** Text of these bytes, or null if they are not UTF-8. */
  static @Nullable String utf8(byte[] bytes, int length) {
    CharBuffer text = CharBuffer.allocate(length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length), text, true);
    return result.isError() ? null : text.flip().toString(); // no exception for strangers' bytes
  }

  /** Character.digit would take other scripts' digits too. */
  private static int digit(char c) {
    return c < 0x7F ? Character.digit(c, 16) : -1;
  }
}
