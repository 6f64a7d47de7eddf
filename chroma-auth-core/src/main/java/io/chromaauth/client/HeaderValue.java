package io.chromaauth.client;

import io.chromaauth.Secret;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes headers of what a person gave as credentials. No message holds any of it. */
final class HeaderValue {
  static final String AUTHORIZATION = "Authorization";
  static final String CHROMA_TOKEN = "X-Chroma-Token";

  private static final String TOKEN = "a token of printable ASCII characters without spaces";
  private static final String BASIC = "user:password";
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{.*}|\\$[A-Z_]+|<.*>");
  private static final Pattern HASHED_TOKEN = Pattern.compile("sha256:[0-9A-Fa-f]{64}");
  private static final Pattern HASHED_PASSWORD =
      Pattern.compile("[^:]*:(\\$(2[aby]|apr1|1|5|6)\\$|\\{SHA}).*");

  private final Place place;
  private final Faults faults;

  /** Of a value from this place. */
  HeaderValue(Place place, Faults faults) {
    this.place = place;
    this.faults = faults;
  }

  static ClientCredentials basic(String user, Secret password) {
    Faults faults = new Faults();
    if (user.contains(":")) {
      faults.add(Place.of("user"), "a name with a colon", "a name without", null);
    }
    Secret both = Secret.of(user + ":" + password.reveal());
    ClientCredentials credentials =
        new HeaderValue(Place.of("user and password"), faults).basic(both);
    faults.throwIfAny();
    return credentials;
  }

  static ClientCredentials token(String header, Secret token) {
    Faults faults = new Faults();
    ClientCredentials credentials = new HeaderValue(Place.of("token"), faults).of(header, token);
    faults.throwIfAny();
    return credentials;
  }

  /** Of {@code user:password}, after noting what is wrong with it. */
  ClientCredentials basic(Secret userAndPassword) {
    String text = userAndPassword.reveal();
    int colon = text.indexOf(':');
    if (PLACEHOLDER.matcher(text).matches()) {
      fault("a placeholder", BASIC, null);
    } else if (HASHED_PASSWORD.matcher(text).matches()) {
      fault("a line of htpasswd", BASIC, "the password itself; its hash is for the server");
    } else if (colon < 0) {
      fault("a value without a colon", BASIC, "if it is a token, the provider is token");
    } else if (colon == 0 || colon == text.length() - 1) {
      fault(colon == 0 ? "no user" : "no password", BASIC, null);
    } else if (CONTROL.matcher(text).find()) {
      fault("a control character, such as a line's end", BASIC, null);
    }
    return once(
        AUTHORIZATION,
        () -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Of a token in one of the two headers, after noting what is wrong with it. */
  ClientCredentials of(String header, Secret token) {
    String text = token.reveal();
    if (PLACEHOLDER.matcher(text).matches()) {
      fault("a placeholder", TOKEN, null);
    } else if (HASHED_TOKEN.matcher(text).matches()) {
      fault("the hash of a token", TOKEN, "the token itself; its hash is for the server");
    } else if (text.regionMatches(true, 0, "Bearer ", 0, 7)) {
      fault("a whole header", TOKEN, "leave out 'Bearer '");
    } else if (!PRINTABLE.matcher(text).matches()) {
      fault(text.isEmpty() ? "nothing" : "a token with another character", TOKEN, null);
    }
    return once(header, () -> header.equals(AUTHORIZATION) ? "Bearer " + text : text);
  }

  private static ClientCredentials once(String header, Supplier<String> value) {
    return new ComputedOnce(() -> Map.of(header, value.get()));
  }

  private void fault(String found, String expected, @Nullable String fix) {
    faults.add(place, found, expected, fix);
  }
}
