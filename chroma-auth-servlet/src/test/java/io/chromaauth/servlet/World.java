package io.chromaauth.servlet;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Settings;
import io.chromaauth.servlet.AnyRequest.Step;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A Chroma, a filter before it, {@code bob} who is bounded, and {@code root} who is not. */
final class World {
  /** What is wrong with the filter, to see that somebody notices. */
  enum Hole {
    NONE,
    /** Bob's bounds stand nowhere. */
    UNBOUNDED,
    /** The resolver says what the path says. */
    CREDULOUS,
    /** The filter says what the path says. */
    TRUST_PATH
  }

  /**
   * How the filter is set.
   *
   * @param overwrites the singleton overwrite
   * @param findsWithoutPath whether v1's routes by UUID may work
   * @param actions what bob's roles grant
   */
  record Setting(boolean overwrites, boolean findsWithoutPath, List<String> actions) {}

  private final Reach reach;
  private final MemoryChroma chroma;
  private final ChromaAuthFilter filter;
  private int passed;

  World(Reach reach, Setting setting, Hole hole) {
    this.reach = reach;
    this.chroma = new MemoryChroma(this::isInside, setting.findsWithoutPath());
    fill(chroma);
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                Names.AUTHN_PROVIDER,
                "token",
                Names.AUTHN_CREDENTIALS,
                users(hole == Hole.UNBOUNDED),
                Names.AUTHZ_PROVIDER,
                "simple_rbac",
                Names.AUTHZ_CONFIG,
                rules(hole == Hole.UNBOUNDED, setting.actions()),
                Names.OVERWRITE,
                String.valueOf(setting.overwrites()),
                Names.AUDIT,
                "off"));
    if (hole == Hole.TRUST_PATH) {
      settings.put(Names.RESOLVER, "trust-path");
    }
    this.filter =
        ChromaAuthFilter.builder()
            .settings(Settings.of("test", settings))
            .resolver(hole == Hole.CREDULOUS ? this::believed : chroma)
            .build();
  }

  /** How many of bob's requests reached the application. */
  int passed() {
    return passed;
  }

  /** Sends these requests one after the other, and tells of the first that did harm, or null. */
  @Nullable String harm(List<Step> steps) throws IOException, ServletException {
    List<String> before = chroma.outside();
    for (Step step : steps) {
      String got = send(step);
      List<String> after = chroma.outside();
      if (!step.user().equals("root")) {
        if (!before.equals(after)) {
          return step + "\nchanged " + before + "\nto      " + after;
        }
        if (got.contains(MemoryChroma.CANARY)) {
          return step + "\ngot " + got;
        }
      }
      before = after;
    }
    return null;
  }

  /** What the filter says of bob's request before it is sent, where the two disagree, or null. */
  @Nullable String disagreement(Step step) throws IOException, ServletException {
    AuthzResource owner = owner(step);
    String body = step.body() == null ? "" : step.body();
    Explanation said =
        filter.explain(
            step.user(), new Question.OfRequest(step.method(), step.target(), body, owner));
    FakeResponse response = new FakeResponse();
    boolean reached = send(step, response);
    boolean agrees =
        switch (said.outcome()) {
          case ALLOWED -> reached || response.status == 200;
          case REFUSED -> !reached && response.status == said.status();
          case DEPENDS -> owner == null; // nobody's, so nothing to tell
        };
    return agrees
        ? null
        : step + " of " + owner + "\nsaid " + said + "\ndone " + reached + " " + response.status;
  }

  /** Whose the UUID in a request's path is, or null if there is none. */
  private @Nullable AuthzResource owner(Step step) {
    String path = step.target().toLowerCase(Locale.ROOT);
    return chroma.collections.values().stream()
        .filter(collection -> path.contains("/" + collection.id))
        .map(MemoryChroma.Collection::place)
        .findFirst()
        .orElse(null);
  }

  private String send(Step step) throws IOException, ServletException {
    FakeResponse response = new FakeResponse();
    boolean reached = send(step, response);
    passed += reached && !step.user().equals("root") ? 1 : 0;
    return response.text() + response.headerNames();
  }

  private boolean send(Step step, FakeResponse response) throws IOException, ServletException {
    List<String> reached = new ArrayList<>();
    filter.doFilter(
        step.call().request(),
        response.servlet(),
        (request, answer) -> {
          reached.add(step.target());
          chroma.serve(request, answer);
        });
    return !reached.isEmpty();
  }

  private boolean isInside(AuthzResource place) {
    return reach.holds(
        Objects.requireNonNull(place.tenant()), place.database(), place.collection());
  }

  private CollectionResolver.Resolution believed(
      UUID id, @Nullable String tenant, @Nullable String database) {
    MemoryChroma.Collection found = chroma.collections.get(id);
    return found == null || database == null
        ? new CollectionResolver.NotFound()
        : new CollectionResolver.Found(AuthzResource.of(tenant, database, found.name));
  }

  private String users(boolean unbounded) {
    return "users:\n- {id: root, tokens: [root-token]}\n- {id: bob, tokens: [bob-token]"
        + entries(unbounded ? Reach.Area.EVERYTHING : reach.user())
        + "}\n";
  }

  private String rules(boolean unbounded, List<String> actions) {
    String roles = unbounded ? "[admin]" : reach.roleNames().toString();
    return "roles_mapping:\n"
        + reach.roleLines(actions)
        + "users:\n- {id: root, role: admin}\n- {id: bob, roles: "
        + roles
        + "}\n";
  }

  private static String entries(Reach.Area area) {
    List<String> entries = area.entries();
    return entries.isEmpty() ? "" : ", " + String.join(", ", entries);
  }

  private static void fill(MemoryChroma chroma) {
    for (String tenant : List.of("t1", "t2", "default_tenant")) {
      for (String database : List.of("d1", "d2", "hr", "default_database")) {
        chroma.createDatabase(tenant, database);
      }
    }
    chroma.databases.values().stream()
        .filter(database -> !database.name().equals("d2"))
        .forEach(
            database -> {
              MemoryChroma.Collection input = chroma.create(database, "docs-a");
              chroma.functions.put(input.id + "fn", chroma.create(database, "private"));
              chroma.create(database, "secret-a");
            });
  }
}
