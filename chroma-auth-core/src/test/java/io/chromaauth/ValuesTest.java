package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzResource.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value is right or not there. */
class ValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"collection:add", "orders:read", "a:b", "A_1-x.y:B_2-x.y"})
  void anActionIsATypeAndAVerb(String name) {
    assertEquals(name, AuthzAction.of(name).wireName());
    assertEquals(name, AuthzAction.of(name).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":", "a", "a:", ":b", "a:b:c", "a::b", "a b:c", "a:b\n", "a:*", "*", "*:b", "ä:b",
        "a:b/c"
      })
  void whatIsNoTypeAndVerbIsNoAction(String name) {
    assertThrows(IllegalArgumentException.class, () -> AuthzAction.of(name));
  }

  @Test
  void theKnownActionsAreThoseOfChromaAndOurs() {
    assertEquals(21 + 6 + 3, AuthzAction.known().size());
    assertEquals(AuthzAction.known().size(), new HashSet<>(AuthzAction.known()).size());
    assertThrows(UnsupportedOperationException.class, () -> AuthzAction.known().clear());
  }

  @Test
  void aResourceHasNoLevelBelowAnUnnamedOne() {
    assertThrows(IllegalArgumentException.class, () -> AuthzResource.of("t", null, "c"));
    assertThrows(IllegalArgumentException.class, () -> AuthzResource.of(null, "d", null));
    assertThrows(IllegalArgumentException.class, () -> AuthzResource.NONE.withCollection("c"));
  }

  @Test
  void aResourceTellsItsNamesByLevel() {
    AuthzResource resource = AuthzResource.of("t", "d", "c");
    assertEquals("t", resource.at(Level.TENANT));
    assertEquals("d", resource.at(Level.DATABASE));
    assertEquals("c", resource.at(Level.COLLECTION));
    assertNull(AuthzResource.of("t", null, null).at(Level.DATABASE));
    assertEquals(AuthzResource.of("t", "d", "e"), resource.withCollection("e"));
  }

  @Test
  void aPartialResourceIsWholeOnceItsCollectionIsNamed() {
    AuthzResource partial = AuthzResource.of("t", "d", null).asPartial();
    assertTrue(partial.partial());
    assertEquals(AuthzResource.of("t", "d", "c"), partial.withCollection("c"));
    assertNotEquals(AuthzResource.of("t", "d", null), partial);
  }

  @ParameterizedTest
  @CsvSource({"-,  -,  -", "t1, -,  t1", "-,  t1, t1", "t1, t1, t1"})
  void twoBoundsTogetherHaveTheOneTenant(String one, String two, String both) {
    assertEquals(tenant(both), tenant(one).and(tenant(two)));
  }

  @Test
  void twoBoundsTogetherHaveTheDatabasesOfBoth() {
    Bounds two = new Bounds(null, List.of("b", "a", "c"), null);
    assertEquals(two, two.and(Bounds.NONE));
    assertEquals(two, Bounds.NONE.and(two));
    assertEquals(
        new Bounds(null, List.of("b", "c"), null),
        two.and(new Bounds(null, List.of("c", "b", "x"), null)));
    assertEquals(new Bounds(null, List.of(), null), two.and(new Bounds(null, List.of("x"), null)));
    assertEquals(new Bounds(null, List.of(), null), two.and(new Bounds(null, List.of(), null)));
  }

  @Test
  void boundsThatCannotBothHoldAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> tenant("t1").and(tenant("t2")));
    Bounds docs = new Bounds(null, null, List.of("docs-*"));
    assertEquals(docs, docs.and(docs));
    assertThrows(
        IllegalArgumentException.class, () -> docs.and(new Bounds(null, null, List.of("docs-1"))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0", "1, 0, 0", "0, 1, 0", "1, 1, 0", "0, 0, 1", "1, 0, 1", "0, 1, 1", "1, 1, 1"
  })
  void boundsTellTheirLevels(int tenant, int database, int collection) {
    Set<Level> expected = EnumSet.noneOf(Level.class);
    Collections.nCopies(tenant, Level.TENANT).forEach(expected::add);
    Collections.nCopies(database, Level.DATABASE).forEach(expected::add);
    Collections.nCopies(collection, Level.COLLECTION).forEach(expected::add);
    Bounds bounds =
        new Bounds(
            tenant == 0 ? null : "t",
            database == 0 ? null : List.of(),
            collection == 0 ? null : List.of("c*"));
    assertEquals(expected, bounds.levels());
  }

  @Test
  void boundsDoNotChange() {
    List<String> names = new ArrayList<>(List.of("a"));
    Bounds bounds = new Bounds(null, names, names);
    names.add("b");
    assertEquals(new Bounds(null, List.of("a"), List.of("a")), bounds);
  }

  @Test
  void anIdentityHasANameAndDoesNotChange() {
    assertThrows(IllegalArgumentException.class, () -> UserIdentity.of("", "basic"));
    Set<String> roles = new HashSet<>(Set.of("r"));
    UserIdentity alice =
        UserIdentity.of("alice", "token")
            .withRoles(roles)
            .withBounds(new Bounds("t", List.of("d"), List.of("c")));
    roles.add("admin");
    assertEquals("alice", alice.getName());
    assertEquals(Set.of("r"), alice.roles());
    assertEquals("t", alice.tenant());
    assertEquals(List.of("d"), alice.databases());
    assertEquals(List.of("c"), alice.collections());
    assertEquals(Map.of(), alice.attributes());
  }

  @Test
  void aSecretIsComparedAndNotPrinted() {
    assertEquals(Secret.of("s3cret"), Secret.of("s3cret"));
    assertNotEquals(Secret.of("s3cret"), Secret.of("s3cret "));
    assertFalse(Secret.of("s3cret").equals((Object) "s3cret"));
    assertEquals(Secret.of("a").hashCode(), Secret.of("b").hashCode());
    assertEquals("***", Secret.of("s3cret").toString());
  }

  @Test
  void anEventIsARefusalFromStatus400On() {
    for (int status : List.of(0, 200, 399, 400, 401, 503)) {
      var event = new AuthEvent("id", null, "::1", "GET", "/", null, null, null, status, "reason");
      assertEquals(status >= 400, event.refused());
    }
  }

  @Test
  void whatAHostDoesNotOverrideIsClosed() {
    CollectionResolver resolver = (id, tenant, database) -> new CollectionResolver.NotFound();
    assertFalse(resolver.findsWithoutPath());
    assertEquals(new CollectionResolver.Unsupported(), resolver.list("t", null, 1, 0));
    resolver.close();
    RequestHeaders headers = name -> List.of();
    assertEquals(Optional.empty(), headers.containerPrincipal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | ''  | ''     | f: found x, expected y",
        "7 | ''  | ''     | f:7: found x, expected y",
        "0 | key | ''     | f (key): found x, expected y",
        "7 | key | mend   | f:7 (key): found x, expected y; fix: mend"
      })
  void aFaultIsOneLine(int line, String key, String fix, String text) {
    var fault =
        new ConfigException.Fault(
            "f", line, key.isEmpty() ? null : key, "x", "y", fix.isEmpty() ? null : fix);
    assertEquals(text, fault.toString());
    assertEquals(text, new ConfigException(fault).getMessage());
  }

  /** Names and paths come from files, and each line of a start's output is one fault. */
  @Test
  void aFaultIsOneLineWhateverItTellsOf() {
    var fault = new ConfigException.Fault("f\n", 1, "k\r\n", "'a\u001B[2J\nb'", "y\u0085", "m\n");
    assertTrue(fault.toString().chars().noneMatch(Character::isISOControl), fault.toString());
  }

  private static Bounds tenant(String name) {
    return new Bounds(name.equals("-") ? null : name, null, null);
  }
}
