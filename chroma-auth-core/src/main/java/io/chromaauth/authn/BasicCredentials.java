package io.chromaauth.authn;

import io.chromaauth.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      return Optional.empty();
    }
    return text(bytes).flatMap(BasicCredentials::split);
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
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
