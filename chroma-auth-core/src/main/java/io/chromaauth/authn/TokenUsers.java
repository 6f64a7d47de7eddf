package io.chromaauth.authn;

import io.chromaauth.Bounds;
import io.chromaauth.Secret;
import io.chromaauth.UserIdentity;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Chroma's token provider takes: one token in a line, or, from two lines on, YAML with
 * {@code users}, each with {@code id}, {@code tokens} and bounds. No message holds a token.
 */
public final class TokenUsers {
  private static final String USERS = "users";
  private static final Set<String> TOP_KEYS = Set.of(USERS, "roles_mapping");
  private static final Set<String> USER_KEYS =
      Set.of("id", "tokens", "tenant", "databases", "collections", "role", "roles", "provider");
  private static final Pattern HTPASSWD = Pattern.compile(":(\\$(2[aby]|apr1|1|5|6)\\$|\\{SHA})");
  private final YamlReader reader;
  private final Faults faults;

  /** Of users, who are read before the document is known to be one. */
  private final Faults ofUsers = new Faults();

  private final YamlReader usersReader;
  private final Map<Digest, Held> tokens = new LinkedHashMap<>();
  private final List<UserIdentity> users = new ArrayList<>();

  /** The ids of users without bounds; those of others are in {@link #boundsPlaces}. */
  private final Set<String> unbounded = new HashSet<>();

  private final Map<String, UserEntry> boundsPlaces = new LinkedHashMap<>();

  /** Many users have the same. */
  private final Map<Bounds, Bounds> shared = new HashMap<>();

  private boolean any;
  private final Set<Note> notes = EnumSet.noneOf(Note.class);

  /** What is allowed in a file of users and worth a warning. */
  public enum Note {
    /** It gives roles, which count only in the authorization configuration. */
    ROLES,
    /** It holds tokens as they are, not their digests. */
    PLAIN_TEXT
  }

  private TokenUsers(Place source, Faults faults) {
    this.reader = new YamlReader(source, faults);
    this.faults = faults;
    this.usersReader = new YamlReader(source, ofUsers);
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
    TokenUsers users = new TokenUsers(source, faults);
    Optional<YamlNode> document = YamlText.parse(text, source, faults, USERS, users::take);
    if (document.isEmpty()) { // what was taken until then counts for nothing
      return new TokenUsers(source, faults).authenticator(header, throttle);
    }
    users.readDocument(document.get());
    users.notes.forEach(notes);
    return users.authenticator(header, throttle);
  }

  private TokenAuthenticator authenticator(TokenHeader header, Throttle throttle) {
    return new TokenAuthenticator(tokens, users, boundsPlaces, header, throttle);
  }

  private static TokenAuthenticator single(
      String token, Place source, TokenHeader header, Throttle throttle, Faults faults) {
    if (WrittenToken.isHashed(token)) {
      TokenUsers users = new TokenUsers(source, faults);
      users.add(TokenAuthenticator.ANONYMOUS, Bounds.NONE);
      users.readToken(new Scalar(token, ScalarType.TEXT, 1), users.reader, "token", null);
      return users.authenticator(header, throttle);
    }
    boolean yaml = token.matches("\\s*([\\[{]|users:).*");
    if (HTPASSWD.matcher(token).find()) {
      faults.add(
          source,
          "a line of htpasswd",
          WrittenToken.EXPECTED,
          "if it is one, the provider is basic");
    } else if (yaml) {
      faults.add(
          source,
          "users in a single line",
          "users in YAML of two lines or more (one line is one token)",
          token.strip().startsWith("[")
              ? "write users: in a line before it"
              : "break the line after 'users:'");
    } else if (WrittenToken.isPlaceholder(token)) {
      faults.add(source, "a placeholder", WrittenToken.EXPECTED, "openssl rand -hex 32");
    } else if (!WrittenToken.isPlain(token)) {
      boolean bearer = token.strip().regionMatches(true, 0, "Bearer ", 0, 7);
      String fix = bearer ? "leave out 'Bearer '" : "openssl rand -hex 32";
      faults.add(
          source, "a token with a space or a character beyond ASCII", WrittenToken.EXPECTED, fix);
    } else if (TokenForm.isMistyped(token)) {
      faults.add(source, WrittenToken.MISTYPED, "the token as it was made", WrittenToken.NEW_TOKEN);
    }
    return TokenAuthenticator.single(Secret.of(token), header, throttle);
  }

  private void readDocument(YamlNode document) {
    Optional<Mapping> top =
        reader.mapping(document, YamlReader.TOP, TOP_KEYS, Set.of("resource_type_action"));
    Optional<YamlNode> list =
        top.flatMap(m -> reader.required(m, "", USERS, "a list of users with id and tokens"));
    if (list.isEmpty()) {
      return;
    }
    List<YamlNode> left = reader.items(list.get(), USERS);
    for (int i = 0; i < left.size(); i++) {
      readUser(left.get(i), i);
    }
    faults.addAll(ofUsers);
    if (!any && list.get() instanceof YamlNode.Sequence) {
      reader.add(list.get().line(), USERS, "no users", "at least one", null);
    }
  }

  /** Takes every user. */
  private boolean take(Mapping before, YamlNode user, int index) {
    readUser(user, index);
    return true;
  }

  private void readUser(YamlNode node, int index) {
    any = true;
    YamlReader at = usersReader.item(USERS, index);
    UserEntry entry = reader.user(node.line(), index);
    at.mapping(node, "", USER_KEYS).ifPresent(user -> readUser(user, at, entry));
  }

  private void readUser(Mapping user, YamlReader at, UserEntry entry) {
    Bounds bounds = shared.computeIfAbsent(BoundsYaml.read(at, user, ""), same -> same);
    if (user.entries().containsKey("role") || user.entries().containsKey("roles")) {
      notes.add(Note.ROLES);
    }
    Optional<String> id = at.required(user, "", "id", "a user's id").flatMap(n -> at.text(n, "id"));
    add(id.orElse("?"), bounds);
    if (id.isPresent() && !isNew(id.get(), bounds, entry)) {
      at.add(user.line(), "id", "'" + id.get() + "' again", "each user once", null);
    }
    at.required(user, "", "tokens", "a list of tokens").ifPresent(list -> readTokens(list, at));
  }

  private boolean isNew(String id, Bounds bounds, UserEntry entry) {
    return bounds.levels().isEmpty()
        ? !boundsPlaces.containsKey(id) && unbounded.add(id)
        : !unbounded.contains(id) && boundsPlaces.putIfAbsent(id, entry) == null;
  }

  /** Makes a user the one whose tokens are read next. */
  private void add(String id, Bounds bounds) {
    users.add(new UserIdentity(id, TokenAuthenticator.PROVIDER, bounds, Set.of(), Map.of()));
  }

  private void readTokens(YamlNode list, YamlReader user) {
    List<YamlNode> items = user.items(list, "tokens");
    for (int i = 0; i < items.size(); i++) {
      YamlReader at = user.item("tokens", i);
      YamlNode item = items.get(i);
      if (item instanceof Mapping mapping) { // Chroma 0.4's form: {token: x, secret: y}
        WrittenToken.checkKeys(mapping, at);
        Instant expires = WrittenToken.expires(mapping, at);
        at.required(mapping, "", "token", WrittenToken.EXPECTED)
            .ifPresent(token -> readToken(token, at, "token", expires));
      } else {
        readToken(item, at, "", null);
      }
    }
    if (items.isEmpty() && list instanceof YamlNode.Sequence) {
      user.add(list.line(), "tokens", "no tokens", "at least one", null);
    }
  }

  private void readToken(YamlNode node, YamlReader at, String key, @Nullable Instant expires) {
    Optional<Digest> digest = WrittenToken.digest(node, key, at);
    if (digest.isEmpty()) {
      return;
    }
    Held held = new Held(users.size() - 1, expires, node.line());
    Held before = tokens.putIfAbsent(digest.get(), held);
    if (before != null) {
      at.add(node.line(), key, "the token of line " + before.line(), "each token once", null);
    } else if (!WrittenToken.isHashed(node)) {
      notes.add(Note.PLAIN_TEXT);
    }
  }
}
