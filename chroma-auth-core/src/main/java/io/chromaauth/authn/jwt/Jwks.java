package io.chromaauth.authn.jwt;

import io.chromaauth.settings.Json;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK Set (RFC 7517) that tokens can be verified with. Others are passed over, as
 * section 5 wants it, and told.
 *
 * @param keys the usable ones
 * @param notes what is wrong with the others, one line each
 * @param hasPrivate whether it gives away a key that should be secret
 */
record Jwks(List<SigningKey> keys, List<String> notes, boolean hasPrivate) {
  private static final int MOST_KEYS = 100;
  private static final Set<String> RSA =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
  private static final Map<String, String> CURVES =
      Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512");
  private static final Set<String> ED25519 = Set.of("EdDSA", "Ed25519");

  Jwks {
    keys = List.copyOf(keys);
    notes = List.copyOf(notes);
  }

  /** All algorithms that any key can be used with. */
  static Set<String> algorithms() {
    Set<String> all = new TreeSet<>(RSA);
    all.addAll(CURVES.values());
    all.addAll(ED25519);
    return all;
  }

  /**
   * The set in a text, or empty if it is none.
   *
   * @param allowed the algorithms to use; empty for all
   */
  static Optional<Jwks> parse(String text, Set<String> allowed) {
    if (!(Json.object(text).map(set -> set.get("keys")).orElse(null) instanceof List<?> list)
        || list.size() > MOST_KEYS) {
      return Optional.empty();
    }
    List<SigningKey> keys = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean hasPrivate = false;
    for (Object element : list) {
      if (!(element instanceof Map<?, ?> jwk)) {
        return Optional.empty();
      }
      hasPrivate |= jwk.containsKey("d") || jwk.containsKey("k");
      try {
        add(jwk, allowed, keys);
      } catch (GeneralSecurityException e) {
        notes.add("key " + (keys.size() + notes.size() + 1) + " is passed over: " + e.getMessage());
      }
    }
    return Optional.of(new Jwks(keys, notes, hasPrivate));
  }

  private static void add(Map<?, ?> jwk, Set<String> allowed, List<SigningKey> keys)
      throws GeneralSecurityException {
    SigningKey key = key(jwk).only(allowed);
    Object own = jwk.get("alg");
    if (own != null) {
      key = own instanceof String name ? key.only(namesOf(name)) : key.only(Set.of("none"));
    }
    if (key.algorithms().isEmpty()) {
      throw new GeneralSecurityException("no allowed algorithm goes with it");
    }
    keys.add(key);
  }

  /** RFC 9864 gives EdDSA with this curve a name of its own. */
  private static Set<String> namesOf(String algorithm) {
    return ED25519.contains(algorithm) ? ED25519 : Set.of(algorithm);
  }

  private static SigningKey key(Map<?, ?> jwk) throws GeneralSecurityException {
    boolean otherUse = jwk.containsKey("use") && !"sig".equals(jwk.get("use"));
    boolean otherOps =
        jwk.containsKey("key_ops")
            && !(jwk.get("key_ops") instanceof List<?> ops && ops.contains("verify"));
    if (otherUse || otherOps) {
      throw new GeneralSecurityException("it is not for signatures");
    }
    String type = text(jwk, "kty");
    return switch (type) {
      case "RSA" -> {
        Map<String, String> members = members(jwk, "kty", "n", "e");
        yield new SigningKey(id(jwk), RSA, members, NimbusKeys.rsa(members));
      }
      case "EC" -> {
        Map<String, String> members = members(jwk, "kty", "crv", "x", "y");
        yield new SigningKey(id(jwk), ofCurve(jwk), members, NimbusKeys.ec(members));
      }
      case "OKP" -> {
        if (!"Ed25519".equals(jwk.get("crv"))) {
          throw new GeneralSecurityException("a curve that is not supported");
        }
        Map<String, String> members = members(jwk, "kty", "crv", "x");
        yield new SigningKey(id(jwk), ED25519, members, Ed25519.of(text(jwk, "x")));
      }
      default -> throw new GeneralSecurityException("a type that is not supported");
    };
  }

  private static Set<String> ofCurve(Map<?, ?> jwk) throws GeneralSecurityException {
    String algorithm = CURVES.get(text(jwk, "crv"));
    if (algorithm == null) {
      throw new GeneralSecurityException("a curve that is not supported");
    }
    return Set.of(algorithm);
  }

  private static @Nullable String id(Map<?, ?> jwk) throws GeneralSecurityException {
    return jwk.containsKey("kid") ? text(jwk, "kid") : null;
  }

  private static Map<String, String> members(Map<?, ?> jwk, String... names)
      throws GeneralSecurityException {
    Map<String, String> members = new HashMap<>();
    for (String name : names) {
      members.put(name, text(jwk, name));
    }
    return members;
  }

  private static String text(Map<?, ?> jwk, String name) throws GeneralSecurityException {
    if (jwk.get(name) instanceof String text) {
      return text;
    }
    throw new GeneralSecurityException("'" + name + "' is no text");
  }
}
