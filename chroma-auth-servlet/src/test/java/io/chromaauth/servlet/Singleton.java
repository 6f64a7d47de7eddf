package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.AuthorizationProvider;
import io.chromaauth.Bounds;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Settings;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that put an identity's only tenant and database in the place of Chroma's defaults. */
final class Singleton {
  private Singleton() {}

  /** Bounds written {@code TENANT/DATABASE+DATABASE}: {@code -} is none, {@code 0} no database. */
  static Bounds bounds(String text) {
    int slash = text.lastIndexOf('/');
    String tenant = text.substring(0, slash);
    String databases = text.substring(slash + 1);
    return new Bounds(tenant.equals("-") ? null : tenant, databases(databases), null);
  }

  private static @Nullable List<String> databases(String text) {
    if (text.equals("-")) {
      return null;
    }
    return text.equals("0") ? List.of() : List.of(text.split("\\+", -1));
  }

  /** Everybody who calls it is bounded like this, and may do everything within. */
  static ChromaAuthFilter filter(Bounds bounds, String... more) {
    return builder(bounds, more).build();
  }

  /** The same, with another resolver. */
  static ChromaAuthFilter resolving(Bounds bounds, CollectionResolver resolver) {
    return builder(bounds).resolver(resolver).build();
  }

  /** The same, with rules. */
  static ChromaAuthFilter deciding(Bounds bounds, AuthorizationProvider rules) {
    return builder(bounds).authorization(rules).build();
  }

  private static ChromaAuthFilter.Builder builder(Bounds bounds, String... more) {
    Settings overwrite = Settings.of("test", Map.of(Names.OVERWRITE, "TRUE"));
    UserIdentity user = UserIdentity.of("u", "own").withBounds(bounds);
    return ChromaAuthFilter.builder()
        .settings(overwrite.orElse(Team.only(more)))
        .authentication(headers -> new AuthnResult.Authenticated(user))
        .resolver(Team::resolve);
  }
}
