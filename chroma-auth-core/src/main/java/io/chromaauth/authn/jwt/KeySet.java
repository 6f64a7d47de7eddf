package io.chromaauth.authn.jwt;

import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys at one time, and the tokens that were verified with them; another set has forgotten them
 * all. Thread-safe.
 */
final class KeySet {
  private final List<SigningKey> keys;
  private final boolean named;
  private final RememberedTokens remembered;

  private KeySet(List<SigningKey> keys, boolean named, Needs needs) {
    this.keys = List.copyOf(keys);
    this.named = named;
    this.remembered = new RememberedTokens(needs.cacheTtl(), needs.cacheSize());
  }

  /** Keys of a JWK Set, which a token names as the set does, or not at all if it does not. */
  static KeySet of(List<SigningKey> keys, Needs needs) {
    return new KeySet(keys, true, needs);
  }

  /** One key, whatever a token calls it. */
  static KeySet ofOne(SigningKey key, Needs needs) {
    return new KeySet(List.of(key), false, needs);
  }

  RememberedTokens remembered() {
    return remembered;
  }

  /** Whether any key is meant by the token. */
  boolean hasKeyFor(SignedToken token) {
    return keys.stream().anyMatch(key -> isMeant(key, token));
  }

  /** Whether the token is signed with the key that it names. */
  boolean signed(SignedToken token) {
    return keys.stream().anyMatch(key -> isMeant(key, token) && key.signed(token));
  }

  /** Whether the others are the same keys. */
  boolean isSame(List<SigningKey> others) {
    return marks(keys).equals(marks(others));
  }

  private boolean isMeant(SigningKey key, SignedToken token) {
    return !named || Objects.equals(key.id(), token.keyId());
  }

  private static Set<List<Object>> marks(List<SigningKey> keys) {
    return keys.stream()
        .map(key -> List.<Object>of(Optional.ofNullable(key.id()), key.algorithms(), key.members()))
        .collect(Collectors.toSet());
  }
}
