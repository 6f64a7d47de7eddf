package io.chromaauth.authn.jwt;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that tokens are verified with.
 *
 * @param id what the issuer calls it, or null
 * @param algorithms the only ones that it may be used with
 * @param members what tells it from others, for comparison
 * @param check verifies with it
 */
record SigningKey(
    @Nullable String id, Set<String> algorithms, Map<String, String> members, Check check) {
  SigningKey {
    algorithms = Set.copyOf(algorithms);
    members = Map.copyOf(members);
  }

  /** Verifies one signature; never throws for a wrong one. Thread-safe. */
  @FunctionalInterface
  interface Check {
    /** Whether a signature in base64url is right; {@code algorithm} is one of the key's. */
    boolean isRight(String algorithm, String signed, String signature);
  }

  /** This key, with those of its algorithms that are among these; all if these are none. */
  SigningKey only(Set<String> allowed) {
    if (allowed.isEmpty()) {
      return this;
    }
    Set<String> both = new HashSet<>(algorithms);
    both.retainAll(allowed);
    return new SigningKey(id, both, members, check);
  }

  /** Whether the token bears this key's signature. */
  boolean signed(SignedToken token) {
    return algorithms.contains(token.algorithm())
        && check.isRight(token.algorithm(), token.signed(), token.signature());
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
