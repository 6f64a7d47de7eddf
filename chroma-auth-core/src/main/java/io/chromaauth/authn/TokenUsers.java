package io.chromaauth.authn;

import io.chromaauth.Bounds;
import io.chromaauth.Secret;
import io.chromaauth.settings.BoundsYaml;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.UserEntry;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlReader;
import io.chromaauth.settings.YamlText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Chroma's token provider takes: one token in a line, or, from two lines on, YAML with
 * {@code users}, each with {@code id}, {@code tokens} and bounds. No message holds a token.
 */
public final class TokenUsers {
  private static final Set<String> TOP_KEYS = Set.of("users", "roles_mapping");
  private static final Set<String> USER_KEYS =
      Set.of("id", "tokens", "tenant", "databases", "collections", "role", "roles", "provider");
  private static final Set<String> TOKEN_KEYS = Set.of("token", "secret", "expires");
  private static final String HASHED = "sha256:";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{.*}|\\$[A-Z_]+|<.*>");
  private static final Pattern HTPASSWD = Pattern.compile(":(\\$(2[aby]|apr1|1|5|6)\\$|\\{SHA})");
  private static final String TOKEN = "a token of printable ASCII characters without spaces";

  private static final String MISTYPED = "a token of chroma-auth with a wrong checksum";
  private static final String NEW_TOKEN = "chroma-auth new-token USER";

  private final YamlReader reader;
  private final Map<Digest, TokenAuthenticator.Holder> tokens = new HashMap<>();
  private final Map<Digest, Integer> tokenLines = new HashMap<>();
  private final Map<String, Bounds> users = new LinkedHashMap<>();
  private final Map<String, UserEntry> boundsPlaces = new HashMap<>();

  /** Many users have the same. */
  private final Map<Bounds, Bounds> shared = new HashMap<>();

  private final Set<Note> notes = EnumSet.noneOf(Note.class);

  /** What is allowed in a file of users and worth a warning. */
  public enum Note {
    /** It gives roles, which count only in the authorization configuration. */
    ROLES,
    /** It holds tokens as they are, not their digests. */
    PLAIN_TEXT
  }

  private TokenUsers(YamlReader reader) {
    this.reader = reader;
  }

  /**
   * The provider for these credentials, after noting what is wrong with them.
   *
   * @param text the token or the document
   * @param source where it comes from
   * @param throttle what slows down guesses from one source
   * @param notes told what is probably not meant so, each thing once
   */
  public static TokenAuthenticator parse(
      String text,
      Place source,
      TokenHeader header,
      Throttle throttle,
      Faults faults,
      Consumer<Note> notes) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(2).toList();
    if (lines.size() == 1) {
      return single(lines.get(0), source, header, throttle, faults);
    }
    TokenUsers users = new TokenUsers(new YamlReader(source, faults));
    YamlText.parse(text, source, faults).ifPresent(users::readDocument);
    users.notes.forEach(notes);
    return users.authenticator(header, throttle);
  }

  private TokenAuthenticator authenticator(TokenHeader header, Throttle throttle) {
    return new TokenAuthenticator(tokens, users, boundsPlaces, header, throttle);
  }

  private static TokenAuthenticator single(
      String token, Place source, TokenHeader header, Throttle throttle, Faults faults) {
    if (isHashed(token)) {
      TokenUsers users = new TokenUsers(new YamlReader(source, faults));
      users.users.put(TokenAuthenticator.ANONYMOUS, Bounds.NONE);
      users.readToken(
          new Scalar(token, ScalarType.TEXT, 1),
          "token",
          new TokenAuthenticator.Holder(TokenAuthenticator.ANONYMOUS, null));
      return users.authenticator(header, throttle);
    }
    boolean yaml = token.matches("\\s*([\\[{]|users:).*");
    if (HTPASSWD.matcher(token).find()) {
      faults.add(source, "a line of htpasswd", TOKEN, "if it is one, the provider is basic");
    } else if (yaml) {
      faults.add(
          source,
          "users in a single line",
          "users in YAML of two lines or more (one line is one token)",
          token.strip().startsWith("[")
              ? "write users: in a line before it"
              : "break the line after 'users:'");
    } else if (isPlaceholder(token)) {
      faults.add(source, "a placeholder", TOKEN, "openssl rand -hex 32");
    } else if (!isToken(token)) {
      boolean bearer = token.strip().regionMatches(true, 0, "Bearer ", 0, 7);
      String fix = bearer ? "leave out 'Bearer '" : "openssl rand -hex 32";
      faults.add(source, "a token with a space or a character beyond ASCII", TOKEN, fix);
    } else if (TokenForm.isMistyped(token)) {
      faults.add(source, MISTYPED, "the token as it was made", NEW_TOKEN);
    }
    return TokenAuthenticator.single(Secret.of(token), header, throttle);
  }

  private void readDocument(YamlNode document) {
    Optional<Mapping> top =
        reader.mapping(document, YamlReader.TOP, TOP_KEYS, Set.of("resource_type_action"));
    Optional<YamlNode> list =
        top.flatMap(m -> reader.required(m, "", "users", "a list of users with id and tokens"));
    if (list.isEmpty()) {
      return;
    }
    List<YamlNode> items = reader.items(list.get(), "users");
    for (int i = 0; i < items.size(); i++) {
      String path = "users[" + i + "]";
      int index = i;
      reader
          .mapping(items.get(i), path, USER_KEYS)
          .ifPresent(user -> readUser(user, path + ".", index));
    }
    if (items.isEmpty() && list.get() instanceof YamlNode.Sequence) {
      reader.add(list.get().line(), "users", "no users", "at least one", null);
    }
  }

  private void readUser(Mapping user, String path, int index) {
    Bounds bounds = shared.computeIfAbsent(BoundsYaml.read(reader, user, path), same -> same);
    if (user.entries().containsKey("role") || user.entries().containsKey("roles")) {
      notes.add(Note.ROLES);
    }
    Optional<String> id =
        reader.required(user, path, "id", "a user's id").flatMap(n -> reader.text(n, path + "id"));
    if (id.isPresent() && users.putIfAbsent(id.get(), bounds) != null) {
      reader.add(user.line(), path + "id", "'" + id.get() + "' again", "each user once", null);
    }
    if (id.isPresent() && !bounds.equals(Bounds.NONE)) {
      boundsPlaces.put(id.get(), reader.user(user.line(), index));
    }
    reader
        .required(user, path, "tokens", "a list of tokens")
        .ifPresent(list -> readTokens(list, path + "tokens", id.orElse("?")));
  }

  private void readTokens(YamlNode list, String path, String id) {
    List<YamlNode> items = reader.items(list, path);
    for (int i = 0; i < items.size(); i++) {
      String key = path + "[" + i + "]";
      YamlNode item = items.get(i);
      if (item instanceof Mapping mapping) { // Chroma 0.4's form: {token: x, secret: y}
        checkKeys(mapping, key);
        Instant expires = expires(mapping, key + ".");
        reader
            .required(mapping, key + ".", "token", TOKEN)
            .ifPresent(
                token ->
                    readToken(token, key + ".token", new TokenAuthenticator.Holder(id, expires)));
      } else {
        readToken(item, key, new TokenAuthenticator.Holder(id, null));
      }
    }
    if (items.isEmpty() && list instanceof YamlNode.Sequence) {
      reader.add(list.line(), path, "no tokens", "at least one", null);
    }
  }

  /** With a misspelt {@code expires} it would last for ever. What is no key may be a token. */
  private void checkKeys(Mapping token, String key) {
    if (!TOKEN_KEYS.containsAll(token.entries().keySet())) {
      reader.add(token.line(), key, "an unknown key", "token, secret or expires", null);
    }
  }

  /** A date (its end, in UTC) or a time with its zone. */
  private @Nullable Instant expires(Mapping token, String path) {
    String text = reader.text(token, path, "expires");
    if (text == null) {
      return null;
    }
    try {
      return text.matches("\\d{4}-\\d{2}-\\d{2}")
          ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      int line = token.entries().getOrDefault("expires", token).line();
      String expected = "a date such as 2027-01-31, or 2027-01-31T12:00:00Z";
      reader.add(line, path + "expires", "'" + text + "'", expected, null);
      return Instant.MIN;
    }
  }

  private void readToken(YamlNode node, String key, TokenAuthenticator.Holder holder) {
    if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.TEXT) {
      boolean number = node instanceof Scalar other && other.type() == ScalarType.OTHER;
      reader.add(node.line(), key, node.kind(), TOKEN, number ? "put it in quotes" : null);
      return;
    }
    Optional<Digest> digest = digest(scalar, key);
    if (digest.isEmpty()) {
      return;
    }
    Integer before = tokenLines.putIfAbsent(digest.get(), node.line());
    if (before != null) {
      reader.add(node.line(), key, "the token of line " + before, "each token once", null);
      return;
    }
    tokens.put(digest.get(), holder);
    if (!isHashed(scalar.text())) {
      notes.add(Note.PLAIN_TEXT);
    }
  }

  private Optional<Digest> digest(Scalar token, String key) {
    if (isHashed(token.text())) {
      return hashed(token, key);
    }
    if (isPlaceholder(token.text())) {
      reader.add(token.line(), key, "a placeholder", TOKEN, "openssl rand -hex 32");
      return Optional.empty();
    }
    if (!isToken(token.text())) {
      String found =
          token.text().isEmpty() ? "an empty token" : "a token with a space or beyond ASCII";
      reader.add(token.line(), key, found, TOKEN, null);
      return Optional.empty();
    }
    if (TokenForm.isMistyped(token.text())) {
      reader.add(token.line(), key, MISTYPED, "the token as it was made", NEW_TOKEN);
      return Optional.empty();
    }
    return Optional.of(Digest.sha256(token.text()));
  }

  private Optional<Digest> hashed(Scalar token, String key) {
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

  private static boolean isPlaceholder(String token) {
    return (token.startsWith("$") || token.startsWith("<")) && PLACEHOLDER.matcher(token).matches();
  }

  private static boolean isHashed(String token) {
    return token.regionMatches(true, 0, HASHED, 0, HASHED.length());
  }

  private static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }
}
