package io.chromaauth;

import io.chromaauth.authn.TokenHeader;
import io.chromaauth.authn.UserList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authentication and authorization, assembled. Thread-safe; holds one immutable {@link Snapshot} of
 * credentials and rules, which a request takes once and uses to its end, and which {@link #reload}
 * replaces.
 */
public final class ChromaAuth implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");

  private final Source source;
  private volatile Source.Assembled assembled;

  private ChromaAuth(Source source, Collection<AuthzAction> hostActions) {
    this.source = source;
    this.assembled = source.assemble(hostActions, List.of());
  }

  /**
   * What Chroma's settings ask for.
   *
   * @throws ConfigException with everything that is wrong, also if no provider is configured
   */
  public static ChromaAuth fromSettings(Settings settings) {
    return fromSettings(settings, List.of());
  }

  /**
   * What Chroma's settings ask for, with rules that may also name a host's own actions.
   *
   * @throws ConfigException with everything that is wrong, also if no provider is configured
   */
  public static ChromaAuth fromSettings(Settings settings, Collection<AuthzAction> hostActions) {
    return new ChromaAuth(new SettingsAssembly(settings), hostActions);
  }

  /** A builder for use without settings. */
  public static Builder builder() {
    return new Builder();
  }

  /** What holds now. */
  public Snapshot snapshot() {
    return assembled.snapshot();
  }

  /** What was configured, for people. */
  public Summary summary() {
    return assembled.summary();
  }

  /**
   * The files that credentials and rules are read from, each with the SHA-256 of what was read in
   * hexadecimal; an empty text where it could not be.
   */
  public Map<Path, String> files() {
    return assembled.files();
  }

  /**
   * Reads credentials and rules again. What they say now holds from the next {@link #snapshot} on;
   * requests that have taken one before use it to their end. A provider whose credentials are the
   * same is kept, with the passwords that it remembers; where all is the same nothing changes.
   *
   * @param hostActions actions of a host's own that rules may name
   * @return what holds now
   * @throws ConfigException with everything that is wrong: then nothing changes
   */
  public synchronized Snapshot reload(Collection<AuthzAction> hostActions) {
    Source.Assembled fresh = source.assemble(hostActions, assembled.made());
    if (!fresh.fingerprint().equals(assembled.fingerprint())) {
      assembled = fresh;
    }
    return assembled.snapshot();
  }

  /** Ends what the providers started. */
  @Override
  public void close() {
    for (AuthenticationProvider provider : snapshot().providers) {
      try {
        provider.close();
      } catch (RuntimeException e) {
        LOG.warn("{} could not be closed", provider.getClass().getName(), e);
      }
    }
  }

  /**
   * What was configured, for people; no secrets.
   *
   * @param components names of the providers, as Chroma called them
   * @param details one line for each thing worth knowing
   * @param warnings what is probably not meant so
   * @param hasBoundedUsers whether any known user is bounded
   */
  public record Summary(
      List<String> components,
      List<String> details,
      List<String> warnings,
      boolean hasBoundedUsers) {
    public Summary {
      components = List.copyOf(components);
      details = List.copyOf(details);
      warnings = List.copyOf(warnings);
    }
  }

  /** Credentials and rules at one time. Immutable and thread-safe. */
  public static final class Snapshot {
    private static final AuthnResult FAILED =
        new AuthnResult.Refused(AuthnResult.Cause.UNAVAILABLE, "an authentication provider failed");

    private static final AuthnResult TWO =
        new AuthnResult.Refused(AuthnResult.Cause.AMBIGUOUS, "credentials in two headers");

    private final List<AuthenticationProvider> providers;
    private final AuthorizationProvider authorization;
    private final List<String> challenges;
    private final Set<String> credentialHeaders;

    /**
     * @param providers those with a list of users have completed identities
     */
    Snapshot(List<AuthenticationProvider> providers, AuthorizationProvider authorization) {
      this.providers = List.copyOf(providers);
      this.authorization = authorization;
      this.challenges = Challenges.of(providers);
      Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      providers.forEach(p -> headers.addAll(p.credentialHeaders()));
      this.credentialHeaders = Set.copyOf(headers);
    }

    /**
     * Who sent these headers, with the roles and bounds of the configuration. The first provider
     * whose credentials they bear has the last word; credentials in two headers are nobody's,
     * unless they are the same token.
     */
    public AuthnResult authenticate(RequestHeaders headers) {
      if (providers.size() > 1 && areInTwoHeaders(headers)) {
        return TWO;
      }
      for (int i = 0; i < providers.size(); i++) {
        AuthnResult result = ask(providers.get(i), headers);
        if (!(result instanceof AuthnResult.NotPresented)) {
          return result;
        }
      }
      return AuthnResult.NOT_PRESENTED;
    }

    /** Whether the identity may do the action on the resource. */
    public Decision authorize(UserIdentity identity, AuthzAction action, AuthzResource resource) {
      return authorization.authorize(identity, action, resource);
    }

    /**
     * The identity that a user of the configuration has after a login; empty for one that no file
     * names.
     */
    public Optional<UserIdentity> identity(String userId) {
      return users().filter(user -> user.userId().equals(userId)).findFirst();
    }

    /** The ids of the users that the configuration's files name. */
    public Set<String> userIds() {
      return users().map(UserIdentity::userId).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<UserIdentity> users() {
      return providers.stream()
          .filter(UserList.class::isInstance)
          .flatMap(provider -> ((UserList) provider).users().stream());
    }

    /** The levels on which the identity is bounded; empty for an unbounded one. */
    public Set<AuthzResource.Level> boundLevels(UserIdentity identity) {
      return authorization.boundLevels(identity);
    }

    /** What a 401 asks for, one challenge or list of challenges per provider. */
    public List<String> challenges() {
      return challenges;
    }

    /** The headers that carry any provider's credentials. */
    public Set<String> credentialHeaders() {
      return credentialHeaders;
    }

    private boolean areInTwoHeaders(RequestHeaders headers) {
      int borne = 0;
      for (String name : credentialHeaders) {
        borne += headers.values(name).isEmpty() ? 0 : 1;
      }
      return borne > 1 && !(borne == 2 && TokenHeader.isSameInBoth(headers));
    }

    private AuthnResult ask(AuthenticationProvider provider, RequestHeaders headers) {
      @Nullable AuthnResult result;
      try {
        result = provider.authenticate(headers);
        if (result instanceof AuthnResult.Authenticated authenticated
            && !(provider instanceof UserList)) {
          return new AuthnResult.Authenticated(authorization.complete(authenticated.identity()));
        }
      } catch (RuntimeException e) {
        // its message may quote what was sent
        LOG.warn("{} failed: {}", provider.getClass().getName(), e.getClass().getName());
        return FAILED;
      }
      if (result == null) {
        LOG.warn("{} returned null", provider.getClass().getName());
        return FAILED;
      }
      return result;
    }
  }

  /** Puts providers together. Not thread-safe. */
  public static final class Builder {
    private final List<AuthenticationProvider> authentication = new ArrayList<>();
    private @Nullable AuthorizationProvider authorization;

    private Builder() {}

    /** Adds a provider; those added before are asked before. */
    public Builder authentication(AuthenticationProvider provider) {
      authentication.add(provider);
      return this;
    }

    /** Sets what decides; without it every identity may do everything within its bounds. */
    public Builder authorization(AuthorizationProvider provider) {
      authorization = provider;
      return this;
    }

    /**
     * The assembled thing.
     *
     * @throws IllegalStateException if no authentication provider was added
     * @throws ConfigException if the providers' files contradict each other
     */
    public ChromaAuth build() {
      if (authentication.isEmpty()) {
        throw new IllegalStateException("no authentication provider: call authentication(...)");
      }
      return new ChromaAuth(new BuilderSource(authentication, authorization), List.of());
    }
  }
}
