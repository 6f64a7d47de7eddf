package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.Bounds;
import io.chromaauth.UserIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoAmITest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        // provider, tenant, databases | tenant and databases in the answer
        "basic | - | - | null | null",
        "token | - | - | \"*\" | [\"*\"]",
        "jwt   | - | - | \"*\" | [\"*\"]",
        "x.Own | - | - | \"*\" | [\"*\"]",
        "basic | t | - | \"t\" | null",
        "token | t | - | \"t\" | [\"*\"]",
        "token | t | a b | \"t\" | [\"a\",\"b\"]",
        "basic | - | a | null | [\"a\"]",
        "token | - | a | \"*\" | [\"a\"]"
      })
  void whoThatIsIsSaidAsChroma063DoesWithTheBoundsThatThereAre(
      String provider,
      @Nullable String tenant,
      @Nullable String databases,
      String tenantJson,
      String databasesJson)
      throws IOException {
    List<String> names = databases == null ? null : List.of(databases.split(" ", -1));
    UserIdentity identity =
        UserIdentity.of("u", provider).withBounds(new Bounds(tenant, names, null));
    assertEquals(
        "{\"user_id\":\"u\",\"tenant\":"
            + tenantJson
            + ",\"databases\":"
            + databasesJson
            + ",\"attributes\":null}",
        json(identity));
  }

  @Test
  void noDatabaseAtAllIsAnEmptyList() throws IOException {
    UserIdentity identity =
        UserIdentity.of("u", "basic").withBounds(new Bounds("t", List.of(), null));
    assertEquals(
        "{\"user_id\":\"u\",\"tenant\":\"t\",\"databases\":[],\"attributes\":null}",
        json(identity));
  }

  @Test
  void rolesCollectionsAndAttributesAreNotTold() throws IOException {
    UserIdentity identity =
        new UserIdentity(
            "u",
            "token",
            new Bounds(null, null, List.of("secret-*")),
            Set.of("admin"),
            Map.of("mail", "u@example"));
    assertEquals(
        "{\"user_id\":\"u\",\"tenant\":\"*\",\"databases\":[\"*\"],\"attributes\":null}",
        json(identity));
  }

  @Test
  void namesAreEscaped() throws IOException {
    assertEquals(
        "{\"user_id\":\"a\\\"b\\\\c\\né\",\"tenant\":null,\"databases\":null,\"attributes\":null}",
        json(UserIdentity.of("a\"b\\c\né", "basic")));
  }

  private static String json(UserIdentity identity) throws IOException {
    Verdict.Own own = WhoAmI.answer(identity);
    assertEquals(identity, own.identity());
    return own.json();
  }
}
