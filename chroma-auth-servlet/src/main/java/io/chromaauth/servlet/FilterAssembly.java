package io.chromaauth.servlet;

import io.chromaauth.AuthEventListener;
import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthorizationProvider;
import io.chromaauth.AuthzAction;
import io.chromaauth.ChromaAuth;
import io.chromaauth.CollectionResolver;
import io.chromaauth.ConfigException;
import io.chromaauth.Settings;
import io.chromaauth.authz.Owners;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.KnownSettings;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.ProviderNames;
import io.chromaauth.settings.SettingReader;
import io.chromaauth.settings.UpstreamSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a filter together from settings and from what was given in code. Used once. */
final class FilterAssembly {
  private static final String ALL_OPEN =
      "chroma-auth is DISABLED: every request is let through without a check";
  private final Settings settings;
  private final List<AuthenticationProvider> authentication;
  private final @Nullable AuthorizationProvider authorization;
  private final @Nullable CollectionResolver resolver;
  private final @Nullable AuthEventListener listener;
  private final @Nullable Path routesFile;
  private final Faults faults = new Faults();
  private final List<String> details = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  FilterAssembly(
      Settings settings,
      List<AuthenticationProvider> authentication,
      @Nullable AuthorizationProvider authorization,
      @Nullable CollectionResolver resolver,
      @Nullable AuthEventListener listener,
      @Nullable Path routesFile) {
    this.settings = settings;
    this.authentication = List.copyOf(authentication);
    this.authorization = authorization;
    this.resolver = resolver;
    this.listener = listener;
    this.routesFile = routesFile;
  }

  /**
   * A filter's state.
   *
   * @throws ConfigException with everything that is wrong
   */
  FilterState assemble() {
    if (FilterSettings.disabled(settings, faults)) {
      return allOpen();
    }
    FilterSettings own = FilterSettings.read(settings, faults);
    ConfiguredApi configured = new ConfiguredApi(settings, own.prefix(), routesFile);
    Api api = configured.read(faults);
    Optional<Owners> owners = owners(own);
    Optional<ChromaAuth> auth = auth(api.hostActions());
    if (!faults.isEmpty()) {
      auth.ifPresent(ChromaAuth::close); // or what it started would go on
    }
    faults.throwIfAny();
    describe(api);
    LiveRules live = new LiveRules(auth.orElseThrow(), configured, api);
    FilterState state = state(auth.orElseThrow(), live, own, api, owners);
    live.watch(own.reloadInterval());
    return state;
  }

  private void describe(Api api) {
    for (Path file : api.files().keySet()) {
      details.add("the host's own paths: " + api.hostLines().size() + " from " + file);
    }
    if (!api.hostPublic().isEmpty()) {
      details.add("  public among them: " + String.join(", ", api.hostPublic()));
    }
  }

  private FilterState state(
      ChromaAuth auth, LiveRules live, FilterSettings own, Api api, Optional<Owners> owners) {
    OwnerStep ownerStep =
        own.resolver().equals("trust-path")
            ? OwnerStep.trustingThePath()
            : owners.map(OwnerStep::asking).orElseGet(OwnerStep::refusing);
    describe(auth, own, api.publicPaths(), owners.isPresent());
    BodyStep bodies = new BodyStep(own);
    Authorizing steps =
        new Authorizing(bodies, ownerStep, new ListStep(owners.orElse(null)), own.overwrites());
    Decider decider = new Decider(live, own, bodies, steps);
    boolean byContainer = auth.summary().components().contains(ProviderNames.CONTAINER);
    List<AutoCloseable> closeables = new ArrayList<>(List.of(live));
    owners.ifPresent(closeables::add);
    return new FilterState(
        new FilterState.Steps(
            decider, new Explaining(live, bodies, steps), new Logins(live, decider, byContainer)),
        auth.snapshot().credentialHeaders(),
        new ChromaAuth.Summary(
            auth.summary().components(), details, warnings, auth.summary().hasBoundedUsers()),
        String.join("; ", opened(api.publicPaths())),
        new AuditLog(own.audit()),
        listener,
        new Handover(owners.orElse(null)),
        own.trustedProxies(),
        closeables);
  }

  private FilterState allOpen() {
    if (!authentication.isEmpty() || authorization != null || !providers().isEmpty()) {
      Place place = Place.of(settings, Names.DISABLED);
      String option = place.where().startsWith("--") ? place.where() : Names.DISABLED;
      faults.add(
          place,
          "it beside settings of a provider",
          "one of them",
          "leave out " + option + ", or unset " + String.join(", ", providers()));
    }
    faults.throwIfAny();
    warnings.add(ALL_OPEN);
    return new FilterState(
        null,
        Set.of("Authorization", "X-Chroma-Token"),
        new ChromaAuth.Summary(List.of(), details, warnings, false),
        ALL_OPEN,
        new AuditLog(FilterSettings.Audit.OFF),
        null,
        new Handover(null),
        TrustedProxies.NONE,
        List.of());
  }

  private List<String> providers() {
    return Stream.of("CHROMA_SERVER_AUTH", "CHROMA_AUTH_JWT_")
        .flatMap(prefix -> settings.names(prefix).stream())
        .filter(name -> !name.equals(Names.IGNORE_PATHS))
        .filter(name -> settings.value(name).isPresent())
        .toList();
  }

  /** Providers given in code go before settings; without either, nothing starts. */
  private Optional<ChromaAuth> auth(Set<AuthzAction> hostActions) {
    try {
      if (authentication.isEmpty() && authorization == null) {
        return Optional.of(ChromaAuth.fromSettings(settings, hostActions));
      }
      checkAllInCode();
      checkThrottle();
      KnownSettings.check(settings, faults, warnings);
      if (authentication.isEmpty()) {
        return Optional.empty();
      }
      ChromaAuth.Builder builder = ChromaAuth.builder();
      authentication.forEach(builder::authentication);
      if (authorization != null) {
        builder.authorization(authorization);
      }
      return Optional.of(builder.build());
    } catch (ConfigException e) {
      faults.addAll(e);
      return Optional.empty();
    }
  }

  /** Half of it in code and half in settings would silently lose one half. */
  private void checkAllInCode() {
    List<String> ignored = providers();
    if (authentication.isEmpty() || !ignored.isEmpty()) {
      faults.add(
          new Place("builder", 0, null),
          ignored.isEmpty()
              ? "authorization without authentication"
              : "providers in code beside " + String.join(", ", ignored),
          "both authentication and authorization in code, or both in settings",
          "call authentication(...) and authorization(...), or neither");
    }
  }

  /** Whoever turns it off and is slowed down all the same should know. */
  private void checkThrottle() {
    if (settings.value(Names.THROTTLE).isPresent()) {
      new SettingReader(settings, faults)
          .fault(Names.THROTTLE, "it beside providers in code", "providers in settings");
    }
  }

  private Optional<Owners> owners(FilterSettings own) {
    Optional<UpstreamSetting> upstream = UpstreamSetting.read(settings, faults);
    SettingReader reader = new SettingReader(settings, faults);
    if (own.resolver().equals("trust-path")) {
      if (upstream.isPresent()) {
        String expected = "upstream, or nothing: Chroma does not check a UUID's tenant";
        reader.fault(Names.RESOLVER, "'trust-path' beside an upstream", expected);
      }
      return Optional.empty();
    }
    if (resolver != null) {
      return Optional.of(new Owners(resolver));
    }
    if (own.resolver().equals("upstream") && upstream.isEmpty()) {
      reader.fault(Names.RESOLVER, "'upstream' without one", Names.UPSTREAM + " as well");
    }
    return upstream.map(u -> new Owners(new UpstreamResolver(u)));
  }

  private void describe(
      ChromaAuth auth, FilterSettings own, PublicPaths publicPaths, boolean resolves) {
    details.addAll(auth.summary().details());
    Set<String> paths = publicPaths.paths();
    details.add("public: " + (paths.isEmpty() ? "nothing" : String.join(", ", paths)));
    if (own.resolver().equals("trust-path")) {
      details.add("collection UUIDs: the path is believed (" + Names.RESOLVER + "=trust-path)");
    }
    warnings.addAll(auth.summary().warnings());
    warnings.addAll(opened(publicPaths));
    if (own.overwrites()) {
      details.add("a singleton tenant or database takes the place of Chroma's default");
    }
    if (!resolves && !own.resolver().equals("trust-path") && auth.summary().hasBoundedUsers()) {
      warnings.add(
          "no upstream and no resolver given: users with bounds are refused wherever a path names"
              + " a collection's UUID");
    }
    if (!own.bodyGuard()) {
      warnings.add("the body guard is off: trust_remote_code reaches the server");
    }
  }

  private static List<String> opened(PublicPaths publicPaths) {
    return publicPaths.opened().stream()
        .map(route -> "OPEN to everybody by " + Names.IGNORE_PATHS + ": " + route)
        .toList();
  }
}
