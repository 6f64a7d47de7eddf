package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.chromaauth.AuthzResource.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chroma's own example of token users, whose tenant and databases Chroma never enforced. */
class SeedUsersTest {
  private static final String AUTH_CONFIG =
      """
      # auth_config.yaml
      users:
        - id: "admin"
          tokens:
            - "admin-token-12345"
          tenant: "default_tenant"
          databases: ["*"]
        - id: "user1"
          tokens:
            - "user1-token-67890"
          tenant: "default_tenant"
          databases: ["db1", "db2"]
      """;
  private static final String RULES =
      """
      roles_mapping: {}
      users:
      - {id: admin, role: admin}
      - {id: user1, role: reader}
      """;
  private static final Map<String, String> TOKENS =
      Map.of("admin", "admin-token-12345", "user1", "user1-token-67890");

  @TempDir Path directory;

  @Test
  void theIdentityHasTheBoundsOfTheFile() {
    try (var auth = Start.with(Start.token(directory, AUTH_CONFIG))) {
      UserIdentity admin = login(auth, "admin");
      assertEquals("default_tenant", admin.tenant());
      assertEquals(null, admin.databases());
      assertEquals(Set.of(Level.TENANT), auth.snapshot().boundLevels(admin));
      UserIdentity user1 = login(auth, "user1");
      assertEquals(List.of("db1", "db2"), user1.databases());
      assertEquals(Set.of(Level.TENANT, Level.DATABASE), auth.snapshot().boundLevels(user1));
    }
  }

  /** Tenant d is {@code default_tenant}. */
  @ParameterizedTest
  @CsvSource({
    "admin, collection:add,       d/db1/c, true",
    "admin, collection:add,       d/other/c, true",
    "admin, collection:add,       e/db1/c, false",
    "admin, db:create_database,   d/new,   true",
    "admin, db:create_database,   e/new,   false",
    "admin, db:delete_database,   d/db1,   true",
    "admin, db:delete_database,   e/db1,   false",
    "admin, db:list_databases,    d,       true",
    "admin, db:list_databases,    e,       false",
    "admin, tenant:get_tenant,    d,       true",
    "admin, tenant:get_tenant,    e,       false",
    "admin, tenant:create_tenant, -,       false",
    "admin, tenant:update_tenant, -,       false",
    "admin, system:reset,         -,       false",
    "admin, system:metrics,       -,       false",
    "admin, collection:get_collection_by_crn, -, false",
    "user1, collection:get,       d/db1/c, true",
    "user1, collection:add,       d/db2/c, true",
    "user1, collection:get,       d/db3/c, false",
    "user1, collection:get,       d/default_database/c, false",
    "user1, collection:get,       e/db1/c, false",
    "user1, collection:get,       d/DB1/c, false",
    "user1, collection:get,       d/*/c,   false",
    "user1, db:get_database,      d/db1,   true",
    "user1, db:get_database,      d/db3,   false",
    "user1, db:list_databases,    d,       true",
    "user1, db:list_databases,    e,       false",
    "user1, db:list_collections,  d/db2,   true",
    "user1, db:list_collections,  d/db3,   false",
    "user1, db:count_collections, d/db3,   false",
    "user1, db:create_database,   d/db1,   true",
    "user1, db:create_database,   d/db3,   false",
    "user1, db:create_database,   d,       false",
    "user1, db:delete_database,   d/db2,   true",
    "user1, db:create_collection, d/db1/c, true",
    "user1, db:create_collection, d/db3/c, false",
    "user1, tenant:get_tenant,    d,       true",
    "user1, tenant:get_tenant,    -,       true",
    "user1, tenant:create_tenant, -,       false",
    "user1, system:reset,         -,       false"
  })
  void tenantAndDatabasesHoldWithoutRules(
      String user, String action, String resource, boolean allowed) {
    try (var auth = Start.with(Start.token(directory, AUTH_CONFIG))) {
      Decision decision =
          auth.snapshot().authorize(login(auth, user), AuthzAction.of(action), resource(resource));
      int line = user.equals("admin") ? 3 : 8;
      int index = user.equals("admin") ? 0 : 1;
      String rule = directory + "/users.yaml:" + line + " users[" + index + "]: bounds of " + user;
      assertEquals(
          allowed
              ? new Decision.Allowed("no authorization is configured")
              : new Decision.Denied(rule, true),
          decision);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "admin, collection:add,     d/db1/c, Allowed",
    "admin, collection:add,     e/db1/c, out of bounds",
    "admin, system:reset,       -,       out of bounds",
    "user1, collection:get,     d/db1/c, Allowed",
    "user1, collection:get,     d/db3/c, out of bounds",
    "user1, collection:add,     d/db1/c, not granted",
    "user1, collection:add,     d/db3/c, not granted",
    "user1, db:create_database, d/db1,   not granted",
    "user1, system:reset,       -,       not granted"
  })
  void rulesAndBoundsMustBothAllow(String user, String action, String resource, String answer) {
    try (var auth = Start.with(Start.tokenWithRules(directory, AUTH_CONFIG, RULES))) {
      Decision decision =
          auth.snapshot().authorize(login(auth, user), AuthzAction.of(action), resource(resource));
      assertEquals(answer, answer(decision));
    }
  }

  private static String answer(Decision decision) {
    if (decision instanceof Decision.Denied denied) {
      return denied.outOfBounds() ? "out of bounds" : "not granted";
    }
    return "Allowed";
  }

  private static UserIdentity login(ChromaAuth auth, String user) {
    AuthnResult result =
        auth.snapshot().authenticate(Samples.bearer(TOKENS.getOrDefault(user, "?")));
    return assertInstanceOf(AuthnResult.Authenticated.class, result).identity();
  }

  private static AuthzResource resource(String text) {
    String[] names = text.replaceFirst("^d", "default_tenant").split("/", -1);
    return AuthzResource.of(text.equals("-") ? null : names[0], name(names, 1), name(names, 2));
  }

  private static @Nullable String name(String[] names, int index) {
    return names.length > index ? names[index] : null;
  }
}
