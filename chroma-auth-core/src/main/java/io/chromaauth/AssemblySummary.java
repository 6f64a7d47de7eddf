package io.chromaauth;

import io.chromaauth.authn.BasicAuthenticator;
import io.chromaauth.authn.ContainerAuthenticator;
import io.chromaauth.authn.TokenAuthenticator;
import io.chromaauth.authn.jwt.JwtAuthenticator;
import io.chromaauth.authz.Rbac;
import io.chromaauth.settings.Few;
import io.chromaauth.settings.ProviderNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to tell people of what was assembled.
 *
 * @param providers those of authentication
 * @param rules null for none
 * @param users every known user once, with roles and bounds
 */
record AssemblySummary(
    List<AuthenticationProvider> providers,
    @Nullable AuthorizationProvider rules,
    Collection<UserIdentity> users) {

  /** Beside what is known already. */
  ChromaAuth.Summary of(List<String> details, List<String> warnings) {
    List<String> components = new ArrayList<>();
    providers.forEach(provider -> components.add(name(provider)));
    if (rules != null) {
      components.add(name(rules));
    }
    List<String> lines = new ArrayList<>(details);
    long bounded = users.stream().filter(this::isBounded).count();
    if (!users.isEmpty()) {
      lines.add(
          "users: "
              + users.size()
              + ", "
              + bounded
              + " of them bound to a tenant, databases or collections");
    }
    List<String> all = new ArrayList<>(warnings);
    all.addAll(warnings());
    boolean boundedByToken = jwts().anyMatch(JwtAuthenticator::bounds);
    return new ChromaAuth.Summary(components, lines, all, bounded > 0 || boundedByToken);
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    jwts().forEach(jwt -> warnings.addAll(jwt.warnings(rules != null)));
    if (rules == null) {
      warnings.add("no authorization provider: every user may do everything within its bounds");
      return warnings;
    }
    if (rules instanceof Rbac rbac) {
      warnings.addAll(rbac.warnings());
      if (Assembly.haveOwnUsersOnly(providers)) {
        rbac.foreignUsers().forEach((name, named) -> warnOfForeign(name, named.keySet(), warnings));
      }
    }
    List<String> idle =
        users.stream().filter(user -> user.roles().isEmpty()).map(UserIdentity::userId).toList();
    if (!idle.isEmpty()) {
      warnings.add("users without a role can only ask who they are: " + Few.of(idle));
    }
    return warnings;
  }

  private void warnOfForeign(String provider, Set<String> named, List<String> warnings) {
    if (providers.stream().noneMatch(p -> makes(p, provider))) {
      warnings.add(
          "no provider '"
              + provider
              + "' is configured, for whose users rules are given: "
              + Few.of(named));
    }
  }

  /** Whether the identities of a provider of ours bear that name. */
  private static boolean makes(AuthenticationProvider provider, String name) {
    return switch (name) {
      case JwtAuthenticator.PROVIDER -> provider instanceof JwtAuthenticator;
      case ContainerAuthenticator.PROVIDER -> provider instanceof ContainerAuthenticator;
      default -> false;
    };
  }

  private Stream<JwtAuthenticator> jwts() {
    return providers.stream()
        .filter(JwtAuthenticator.class::isInstance)
        .map(JwtAuthenticator.class::cast);
  }

  private boolean isBounded(UserIdentity user) {
    AuthorizationProvider asked = rules;
    return !(asked == null ? user.bounds().levels() : asked.boundLevels(user)).isEmpty();
  }

  private static String name(Object provider) {
    if (provider instanceof BasicAuthenticator) {
      return ProviderNames.BASIC;
    }
    if (provider instanceof TokenAuthenticator) {
      return ProviderNames.TOKEN;
    }
    if (provider instanceof JwtAuthenticator) {
      return ProviderNames.JWT;
    }
    if (provider instanceof ContainerAuthenticator) {
      return ProviderNames.CONTAINER;
    }
    return provider instanceof Rbac ? ProviderNames.RBAC : provider.getClass().getSimpleName();
  }
}
