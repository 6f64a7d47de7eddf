package io.chromaauth.authn;

import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

/** A token as a file has it: as it is, or as {@code sha256:} and its digest. */
final class WrittenToken {
  /** What is allowed, for messages. */
  static final String EXPECTED = "a token of printable ASCII characters without spaces";

  static final String MISTYPED = "a token of chroma-auth with a wrong checksum";
  static final String NEW_TOKEN = "chroma-auth new-token USER";

  private static final Set<String> KEYS = Set.of("token", "secret", "expires");
  private static final String HASHED = "sha256:";
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
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

  /** With a misspelt {@code expires} it would last for ever. What is no key may be a token. */
  static void checkKeys(Mapping token, YamlReader at) {
    if (!KEYS.containsAll(token.entries().keySet())) {
      at.add(token.line(), "", "an unknown key", "token, secret or expires", null);
    }
  }

  /** A date (its end, in UTC) or a time with its zone. */
  static @Nullable Instant expires(Mapping token, YamlReader at) {
    String text = at.text(token, "", "expires");
    if (text == null) {
      return null;
    }
    try {
      return DATE.matcher(text).matches()
          ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      int line = token.entries().getOrDefault("expires", token).line();
      String expected = "a date such as 2027-01-31, or 2027-01-31T12:00:00Z";
      at.add(line, "expires", "'" + text + "'", expected, null);
      return Instant.MIN;
    }
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
