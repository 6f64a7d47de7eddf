package io.chromaauth;

import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as an authentication provider found out and the authorization configuration completed.
 * Immutable; holds no credential.
 *
 * @param userId the user's name; {@code anonymous} for the single static token, as in Chroma
 * @param provider the provider that vouches for it: {@code basic}, {@code token}, {@code jwt}, or a
 *     custom provider's name
 * @param bounds where the identity may act, whatever its roles
 * @param roles the names of its roles, in the order in which they are asked
 * @param attributes what else a provider knows of the user; never a credential
 */
public record UserIdentity(
    String userId,
    String provider,
    Bounds bounds,
    Set<String> roles,
    Map<String, String> attributes)
    implements Principal {
  public UserIdentity {
    if (userId.isEmpty()) {
      throw new IllegalArgumentException("a user id is not empty");
    }
    roles =
        roles.size() < 2
            ? Set.copyOf(roles) // one instance for all who have it
            : Collections.unmodifiableSet(new LinkedHashSet<>(roles));
    attributes = Map.copyOf(attributes);
  }

  /** An identity without bounds, roles and attributes. */
  public static UserIdentity of(String userId, String provider) {
    return new UserIdentity(userId, provider, Bounds.NONE, Set.of(), Map.of());
  }

  /** This identity with other bounds. */
  public UserIdentity withBounds(Bounds others) {
    return new UserIdentity(userId, provider, others, roles, attributes);
  }

  /** This identity with other roles. */
  public UserIdentity withRoles(Set<String> others) {
    return new UserIdentity(userId, provider, bounds, others, attributes);
  }

  /** The only tenant it may act in, or null for no such bound. */
  public @Nullable String tenant() {
    return bounds.tenant();
  }

  /** The only databases it may act in, or null for no such bound. */
  public @Nullable List<String> databases() {
    return bounds.databases();
  }

  /** Patterns of the only collections it may act on, or null for no such bound. */
  public @Nullable List<String> collections() {
    return bounds.collections();
  }

  @Override
  public String getName() {
    return userId;
  }
}
