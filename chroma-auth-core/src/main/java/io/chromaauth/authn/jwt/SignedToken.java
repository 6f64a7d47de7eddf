package io.chromaauth.authn.jwt;

import io.chromaauth.settings.Json;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWT in the compact form of RFC 7515, taken apart and not yet believed. Of its header only what
 * stands here is read: a key or an address of one ({@code jwk}, {@code jku}, {@code x5c}, {@code
 * x5u}) never.
 *
 * @param keyId the header's {@code kid}, or null
 * @param signed the ASCII characters that are signed
 * @param signature in base64url
 */
record SignedToken(
    String algorithm,
    @Nullable String keyId,
    String signed,
    String signature,
    Map<String, Object> claims) {
  /** Twice what Jetty takes for all headers. */
  private static final int LONGEST = 16_384;

  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  /** What would change the meaning of the rest (RFC 7515, 4.1.11; RFC 7797; RFC 7519, 5.2). */
  private static final Set<String> REFUSED = Set.of("crit", "b64", "cty", "zip", "enc");

  /** Whether a text looks like one: three parts with dots between them. */
  static boolean isLike(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first > 0 && second > first && text.indexOf('.', second + 1) < 0;
  }

  /** The token in a text; empty if it is none, or one that may not be trusted whoever signed it. */
  static Optional<SignedToken> parse(String text) {
    if (text.length() > LONGEST || !isLike(text)) {
      return Optional.empty();
    }
    int last = text.lastIndexOf('.');
    Optional<Map<String, Object>> header =
        decode(text.substring(0, text.indexOf('.'))).flatMap(Json::object);
    Optional<Map<String, Object>> claims =
        decode(text.substring(text.indexOf('.') + 1, last)).flatMap(Json::object);
    Optional<byte[]> signature = decode(text.substring(last + 1));
    if (header.isEmpty() || claims.isEmpty() || signature.isEmpty()) {
      return Optional.empty();
    }
    return of(header.get(), text.substring(0, last), text.substring(last + 1), claims.get());
  }

  private static Optional<SignedToken> of(
      Map<String, Object> header, String signed, String signature, Map<String, Object> claims) {
    Object type = header.getOrDefault("typ", "JWT");
    boolean known = type instanceof String name && TYPES.contains(name.toLowerCase(Locale.ROOT));
    if (!known || header.keySet().stream().anyMatch(REFUSED::contains)) {
      return Optional.empty();
    }
    Object keyId = header.get("kid");
    if (header.get("alg") instanceof String algorithm
        && (keyId == null || keyId instanceof String)) {
      return Optional.of(new SignedToken(algorithm, (String) keyId, signed, signature, claims));
    }
    return Optional.empty();
  }

  /** Base64url without padding, in its one right form. */
  private static Optional<byte[]> decode(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      return bytes.length > 0 && again.equals(part) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "SignedToken[***]";
  }
}
