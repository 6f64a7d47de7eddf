package io.chromaauth.authn;

import io.chromaauth.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A user's name and password as RFC 7617 sends them: base64 of {@code user:password}, UTF-8, split
 * at the first colon.
 */
record BasicCredentials(String user, Secret password) {

  /**
   * The credentials, or empty if they are anything but canonical padded base64 of valid UTF-8 with
   * a user and a colon, or if the user's name holds a control character.
   */
  static Optional<BasicCredentials> decode(String base64) {
    if (!isBase64(base64)) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      return Optional.empty();
    }
    return text(bytes).flatMap(BasicCredentials::split);
  }

  /** Looked at before: the decoder would make an exception, for which no stranger shall ask. */
  private static boolean isBase64(String text) {
    int end = text.length();
    for (int pads = 0; pads < 2 && end > 0 && text.charAt(end - 1) == '='; pads++) {
      end--;
    }
    return text.length() % 4 == 0 && text.chars().limit(end).allMatch(BasicCredentials::isDigit);
  }

  private static boolean isDigit(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  private static Optional<BasicCredentials> split(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || text.substring(0, colon).chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    Secret password = Secret.of(text.substring(colon + 1));
    return Optional.of(new BasicCredentials(text.substring(0, colon), password));
  }

  private static Optional<String> text(byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
    Arrays.fill(bytes, (byte) 0);
    return result.isError() ? Optional.empty() : Optional.of(text.flip().toString());
  }
}
