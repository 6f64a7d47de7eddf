package io.chromaauth.authn.jwt;

import io.chromaauth.Bounds;
import io.chromaauth.JwtAuthentication.Claims;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.UserIdentity;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the claims of a token with a right signature come to (RFC 7519, 4.1). Thread-safe. */
final class ClaimsReader {
  private static final String ANY = "*";
  private static final int LONGEST_USER = 255;
  private static final double LATEST = 253_402_300_799d; // the year 9999
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}|\\p{Zl}|\\p{Zp}");

  private final Options options;
  private final Claims names;

  ClaimsReader(Options options) {
    this.options = options;
    this.names = options.claims();
  }

  /** What comes of it. */
  sealed interface Outcome {}

  /**
   * They may be believed.
   *
   * @param expires the end of their time
   */
  record Accepted(UserIdentity identity, Instant expires) implements Outcome {}

  /**
   * They may not.
   *
   * @param reason for the log, without anything of the token
   */
  record Refused(String reason) implements Outcome {}

  /** What these claims come to at this time. */
  Outcome read(Map<String, Object> claims, Instant now) {
    if (!options.issuer().equals(claims.get("iss"))) {
      return new Refused("another issuer, or none");
    }
    List<String> audience = Claim.texts(claims.get("aud"));
    if (!audience.contains(options.audience())) {
      return new Refused("another audience, or none");
    }
    Optional<String> time = wrongTime(claims, now);
    if (time.isPresent()) {
      return new Refused(time.get());
    }
    String user = Claim.text(Claim.find(claims, names.user()));
    boolean subject = !claims.containsKey("sub") || claims.get("sub") instanceof String;
    if (user == null || !subject || user.length() > LONGEST_USER || CONTROL.matcher(user).find()) {
      return new Refused("no usable user in " + names.user());
    }
    Optional<Bounds> bounds = bounds(claims);
    if (bounds.isEmpty()) {
      return new Refused("a claim for bounds is absent, empty or of a wrong type");
    }
    UserIdentity identity =
        UserIdentity.of(user, JwtAuthenticator.PROVIDER)
            .withRoles(roles(claims))
            .withBounds(bounds.get());
    return new Accepted(identity, instant(claims.get("exp")));
  }

  private Optional<String> wrongTime(Map<String, Object> claims, Instant now) {
    for (String name : List.of("exp", "nbf", "iat")) {
      boolean absent = !claims.containsKey(name) && !name.equals("exp");
      if (!absent && !isTime(claims.get(name))) {
        return Optional.of("no usable " + name);
      }
    }
    if (!now.isBefore(instant(claims.get("exp")).plus(options.clockSkew()))) {
      return Optional.of("an expired token");
    }
    Instant latest = now.plus(options.clockSkew());
    boolean early =
        (claims.containsKey("nbf") && latest.isBefore(instant(claims.get("nbf"))))
            || (claims.containsKey("iat") && latest.isBefore(instant(claims.get("iat"))));
    return early ? Optional.of("a token of the future") : Optional.empty();
  }

  private static boolean isTime(@Nullable Object value) {
    return value instanceof Double seconds && seconds >= 0 && seconds <= LATEST;
  }

  private static Instant instant(@Nullable Object value) {
    return value instanceof Double seconds
        ? Instant.ofEpochMilli((long) (seconds * 1000))
        : Instant.MIN;
  }

  private Set<String> roles(Map<String, Object> claims) {
    String name = names.roles();
    return name == null ? Set.of() : new LinkedHashSet<>(Claim.texts(Claim.find(claims, name)));
  }

  /** Empty if a claim that is asked for is not right: nobody is unbounded by mistake. */
  private Optional<Bounds> bounds(Map<String, Object> claims) {
    List<String> tenant = asked(claims, names.tenant());
    List<String> databases = asked(claims, names.databases());
    List<String> collections = asked(claims, names.collections());
    boolean lacking =
        (names.tenant() != null && tenant.size() != 1)
            || (names.databases() != null && databases.isEmpty())
            || (names.collections() != null && collections.isEmpty());
    if (lacking) {
      return Optional.empty();
    }
    return Optional.of(
        new Bounds(
            names.tenant() == null || isAny(tenant) ? null : tenant.get(0),
            names.databases() == null || isAny(databases) ? null : databases,
            names.collections() == null || isAny(collections) ? null : patterns(collections)));
  }

  private static List<String> asked(Map<String, Object> claims, @Nullable String name) {
    return name == null ? List.of() : Claim.texts(Claim.find(claims, name));
  }

  private boolean isAny(List<String> values) {
    return names.wildcards() && values.contains(ANY);
  }

  /** No collection's name has a star in it: as text it stands for nothing. */
  private List<String> patterns(List<String> values) {
    return names.wildcards()
        ? values
        : values.stream().filter(value -> value.indexOf('*') < 0).toList();
  }
}
