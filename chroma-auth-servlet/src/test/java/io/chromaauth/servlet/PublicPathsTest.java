package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.ConfigException;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.SettingReader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPathsTest {
  private static final String DATA = "/api/v2/tenants/t/databases/d/collections";

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1, true",
    "GET, /api/v1/heartbeat, true",
    "GET, /api/v1/version, true",
    "GET, /api/v2, true",
    "GET, /api/v2/heartbeat, true",
    "GET, /api/v2/version, true",
    "HEAD, /api/v2/heartbeat, true",
    "GET, /api/v2/heartbeat/, true",
    "GET, /api/v2/heart%62eat, true",
    "POST, /api/v2/heartbeat, false",
    "OPTIONS, /api/v2/heartbeat, false",
    "get, /api/v2/heartbeat, false",
    "GET, /api/v2/heartbeat%20, false",
    "GET, /api/v2/heartbeat/x, false",
    "GET, /api/v2/Heartbeat, false",
    "GET, /, false",
    "GET, /api, false",
    "GET, /api/v2/healthcheck, false",
    "GET, /api/v2/pre-flight-checks, false",
    "GET, /api/v1/pre-flight-checks, false",
    "GET, /api/v2/auth/identity, false",
    "GET, /docs, false",
    "GET, /openapi.json, false",
    "GET, /api/v2/tenants/t, false"
  })
  void withoutASettingOnlyTheseSixAreOpen(String method, String path, boolean open) {
    PublicPaths paths = read(null);
    assertEquals(open, paths.contain(method, RequestPath.parse(path)));
    assertEquals(Set.of(), paths.opened());
    assertEquals(6, paths.paths().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{ }", "{\"/api/v2/heartbeat\": []}"})
  void anEmptySettingClosesAll(String setting) {
    PublicPaths paths = read(setting);
    for (String path : List.of("/api/v1", "/api/v1/heartbeat", "/api/v2", "/api/v2/heartbeat")) {
      assertFalse(paths.contain("GET", RequestPath.parse(path)), path);
    }
    assertEquals(Set.of(), paths.paths());
  }

  @Test
  void anEntryReplacesTheDefault() {
    PublicPaths paths = read("{\"/api/v2/healthcheck\": [\"GET\"], \"/docs/\": [\"get\"]}");
    assertTrue(paths.contain("GET", RequestPath.parse("/api/v2/healthcheck")));
    assertTrue(paths.contain("HEAD", RequestPath.parse("/api/v2/healthcheck")));
    assertTrue(paths.contain("GET", RequestPath.parse("/docs")));
    assertFalse(paths.contain("GET", RequestPath.parse("/api/v2/heartbeat")));
    assertEquals(Set.of("/api/v2/healthcheck", "/docs"), paths.paths());
  }

  @Test
  void whatIsOpenedBeyondTheDefaultIsNamed() {
    PublicPaths paths =
        read("{\"" + DATA + "\": [\"GET\", \"POST\"], \"/api/v2/heartbeat\": [\"GET\"]}");
    assertEquals(Set.of("GET " + DATA, "POST " + DATA), paths.opened());
    assertTrue(paths.contain("POST", RequestPath.parse(DATA)));
    assertFalse(paths.contain("POST", RequestPath.parse(DATA + "/x")));
    assertFalse(paths.contain("GET", RequestPath.parse(DATA.replace("/d/", "/e/"))));
    assertFalse(paths.contain("DELETE", RequestPath.parse(DATA)));
  }

  @Test
  void methodsOfOnePathInTwoSpellingsAddUp() {
    PublicPaths paths = read("{\"" + DATA + "\": [\"GET\"], \"" + DATA + "/\": [\"POST\"]}");
    assertTrue(paths.contain("GET", RequestPath.parse(DATA)));
    assertTrue(paths.contain("POST", RequestPath.parse(DATA)));
  }

  @Test
  void headOpensWhatHeadAsksFor() {
    // HEAD is decided as GET: an entry for it either opens both or is refused, it is not forgotten
    assertTrue(read("{\"/docs\": [\"HEAD\"]}").contain("HEAD", RequestPath.parse("/docs")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the seeds' own entry: an artefact of rendering, and no path
        "{\"<boltpathname>/api/v2/heartbeat\": [\"GET\"]}",
        "{\"api/v2/heartbeat\": [\"GET\"]}",
        "{\"\": [\"GET\"]}",
        "{\"/\": [\"GET\"]}",
        "{\"/api\": [\"GET\"]}",
        "{\"/api/v2/*\": [\"GET\"]}",
        "{\"/**\": [\"GET\"]}",
        "{\"*\": [\"GET\"]}",
        "{\"/api/v2/tenants/{tenant}\": [\"GET\"]}",
        "{\"/api/v2/heartbeat?x=y\": [\"GET\"]}",
        "{\"/api/v2/../v2/heartbeat\": [\"GET\"]}",
        "{\"//api/v2/heartbeat\": [\"GET\"]}",
        "{\"/api/v2/%2e/heartbeat\": [\"GET\"]}",
        "{\"/API/v2/heartbeat\": [\"GET\"]}",
        "{\"/metrics\": [\"GET\"]}",
        // a method that the path does not have
        "{\"/api/v2/heartbeat\": [\"POST\"]}",
        "{\"/api/v2/heartbeat\": [\"GET\", \"OPTIONS\"]}",
        "{\"/api/v2/heartbeat\": [\"*\"]}",
        "{\"/api/v2/heartbeat\": [\"\"]}",
        // another shape
        "[]",
        "[\"/api/v2/heartbeat\"]",
        "/api/v2/heartbeat",
        "{\"/api/v2/heartbeat\": \"GET\"}",
        "{\"/api/v2/heartbeat\": {\"GET\": true}}",
        "{\"/api/v2/heartbeat\"}",
        "{\"/api/v2/heartbeat\": [\"GET\"]",
        "{\"/docs\": [\"GET\"], \"/docs\": [\"GET\"]}",
        "'{\"/docs\": [\"GET\"]}'"
      })
  void anEntryThatIsNotARouteRefusesToStart(String setting) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(setting));
    assertTrue(e.toString().contains(Names.IGNORE_PATHS), e::toString);
  }

  @Test
  void belowAPrefixTheEntriesAreChromasOwnPaths() {
    List<String> prefix = List.of("chroma");
    RouteTable routes =
        new RouteTable(ChromaRoutes.all().stream().map(r -> r.below(prefix)).toList());
    Faults faults = new Faults();
    PublicPaths paths =
        PublicPaths.read(
            prefix,
            routes,
            new SettingReader(Team.only(Names.IGNORE_PATHS, "{\"/docs\": [\"GET\"]}"), faults));
    faults.throwIfAny();
    assertTrue(paths.contain("GET", RequestPath.parse("/chroma/docs")));
    assertFalse(paths.contain("GET", RequestPath.parse("/docs")));
  }

  private static PublicPaths read(@Nullable String setting) {
    Faults faults = new Faults();
    var settings = setting == null ? Team.only() : Team.only(Names.IGNORE_PATHS, setting);
    PublicPaths paths =
        PublicPaths.read(
            List.of(), new RouteTable(ChromaRoutes.all()), new SettingReader(settings, faults));
    faults.throwIfAny();
    return paths;
  }
}
