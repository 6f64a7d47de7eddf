package io.chromaauth.servlet;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * People with tokens and roles, and the collections that there are. Everybody who is bounded has
 * the role admin, so that only bounds can stop them.
 */
final class Team {
  static final String V2 = "/api/v2/tenants/acme/databases/docs/collections";

  /** {@code acme/docs/docs-a}. */
  static final UUID DOCS_A = UUID.fromString("00000000-0000-4000-8000-00000000000a");

  /** {@code acme/docs/private}: outside the pattern {@code docs-*}. */
  static final UUID PRIVATE = UUID.fromString("00000000-0000-4000-8000-00000000000b");

  /** {@code acme/other/docs-a}: another database. */
  static final UUID ELSEWHERE = UUID.fromString("00000000-0000-4000-8000-00000000000c");

  /** {@code globex/docs/docs-a}: another tenant. */
  static final UUID FOREIGN = UUID.fromString("00000000-0000-4000-8000-00000000000d");

  /** Nobody's. */
  static final UUID UNKNOWN = UUID.fromString("00000000-0000-4000-8000-00000000000e");

  private static final String USERS =
      """
      users:
      - {id: root, tokens: [root-token]}
      - {id: alice, tokens: [alice-token], tenant: acme}
      - {id: dora, tokens: [dora-token], tenant: acme, databases: [docs]}
      - {id: pat, tokens: [pat-token], tenant: acme, databases: [docs], collections: ["docs-*"]}
      - {id: rita, tokens: [rita-token]}
      - {id: carl, tokens: [carl-token], tenant: acme}
      - {id: mike, tokens: [mike-token], collections: ["docs-*"]}
      - {id: gerd, tokens: [gerd-token], tenant: acme}
      - {id: ulla, tokens: [ulla-token], tenant: acme}
      - {id: idle, tokens: [idle-token]}
      """;

  private static final String RULES =
      """
      roles_mapping:
        creator: {actions: ["db:create_collection"]}
        maker: {actions: ["db:create_collection", "collection:get_collection"]}
        getter: {actions: ["db:get_or_create_collection"]}
        updater:
          actions: ["collection:update_collection", "collection:fork_collection",
                    "collection:create_attached_function"]
      users:
      - {id: root, role: admin}
      - {id: alice, role: admin}
      - {id: dora, role: admin}
      - {id: pat, role: admin}
      - {id: rita, role: reader}
      - {id: carl, role: creator}
      - {id: mike, role: maker}
      - {id: gerd, role: getter}
      - {id: ulla, role: updater}
      """;

  private Team() {}

  static String token(String user) {
    return user + "-token";
  }

  /** The settings of this team, and these, in pairs of name and value. */
  static Settings settings(String... more) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("CHROMA_SERVER_AUTHN_PROVIDER", "token");
    all.put("CHROMA_SERVER_AUTHN_CREDENTIALS", USERS);
    all.put("CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac");
    all.put("CHROMA_SERVER_AUTHZ_CONFIG", RULES);
    all.putAll(pairs(more));
    return Settings.of("test", all);
  }

  /** Only these settings, in pairs of name and value. */
  static Settings only(String... pairs) {
    return Settings.of("test", pairs(pairs));
  }

  /** A filter for this team that knows its collections. */
  static ChromaAuthFilter filter(String... more) {
    return ChromaAuthFilter.builder().settings(settings(more)).resolver(Team::resolve).build();
  }

  /** A filter for this team with nothing to find a collection's owner. */
  static ChromaAuthFilter filterWithoutResolver(String... more) {
    return ChromaAuthFilter.builder().settings(settings(more)).build();
  }

  /** Who owns a collection, whatever path it is asked for under, as Chroma 1.5.9 tells. */
  static CollectionResolver.Resolution resolve(
      UUID id, @Nullable String tenant, @Nullable String database) {
    AuthzResource owner =
        Map.of(
                DOCS_A, AuthzResource.of("acme", "docs", "docs-a"),
                PRIVATE, AuthzResource.of("acme", "docs", "private"),
                ELSEWHERE, AuthzResource.of("acme", "other", "docs-a"),
                FOREIGN, AuthzResource.of("globex", "docs", "docs-a"))
            .get(id);
    return owner == null ? new CollectionResolver.NotFound() : new CollectionResolver.Found(owner);
  }

  private static Map<String, String> pairs(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
