package io.chromaauth.authn;

import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;

/** A token as a file has it: as it is, or as {@code sha256:} and its digest. */
final class WrittenToken {
  /** What is allowed, for messages. */
  static final String EXPECTED = "a token of printable ASCII characters without spaces";

  static final String MISTYPED = "a token of chroma-auth with a wrong checksum";
  static final String NEW_TOKEN = "chroma-auth new-token USER";

  private static final String HASHED = "sha256:";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{.*}|\\$[A-Z_]+|<.*>");

  private WrittenToken() {}

  /** The token's digest, or empty after noting what is wrong; no message holds a token. */
  static Optional<Digest> digest(YamlNode node, String key, YamlReader reader) {
    if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.TEXT) {
      boolean number = node instanceof Scalar other && other.type() == ScalarType.OTHER;
      reader.add(node.line(), key, node.kind(), EXPECTED, number ? "put it in quotes" : null);
      return Optional.empty();
    }
    String text = scalar.text();
    if (isHashed(text)) {
      return hashed(scalar, key, reader);
    }
    if (isPlaceholder(text)) {
      reader.add(node.line(), key, "a placeholder", EXPECTED, "openssl rand -hex 32");
      return Optional.empty();
    }
    if (!isPlain(text)) {
      String found = text.isEmpty() ? "an empty token" : "a token with a space or beyond ASCII";
      reader.add(node.line(), key, found, EXPECTED, null);
      return Optional.empty();
    }
    if (TokenForm.isMistyped(text)) {
      reader.add(node.line(), key, MISTYPED, "the token as it was made", NEW_TOKEN);
      return Optional.empty();
    }
    return Optional.of(Digest.sha256(text));
  }

  private static Optional<Digest> hashed(Scalar token, String key, YamlReader reader) {
    try {
      byte[] bytes = Hex.decodeHex(token.text().substring(HASHED.length()));
      if (bytes.length == 32) {
        return Optional.of(Digest.of(bytes));
      }
    } catch (DecoderException e) {
      // told below, without the text that it quotes
    }
    reader.add(
        token.line(),
        key,
        "sha256: without 64 hexadecimal digits behind it",
        "sha256: and the token's SHA-256",
        "printf %s TOKEN | sha256sum");
    return Optional.empty();
  }

  /** Whether it is what somebody forgot to fill in. */
  static boolean isPlaceholder(String token) {
    return (token.startsWith("$") || token.startsWith("<")) && PLACEHOLDER.matcher(token).matches();
  }

  /** Whether it is a digest, not the token itself. */
  static boolean isHashed(YamlNode node) {
    return node instanceof Scalar scalar && isHashed(scalar.text());
  }

  /** Whether it is a digest, not the token itself. */
  static boolean isHashed(String token) {
    return token.regionMatches(true, 0, HASHED, 0, HASHED.length());
  }

  /** Whether it may be a token. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
