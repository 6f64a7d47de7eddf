package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private final Settings settings =
      Settings.of("init-param", Map.of("chroma_a", "1", "CHROMA_B", " "))
          .orElse(Settings.of("environment", Map.of("CHROMA_A", "2", "CHROMA_B", "3", "c", "4")));

  @ParameterizedTest
  @CsvSource({"CHROMA_A, 1", "chroma_a, 1", "Chroma_A, 1", "C, 4", "CHROMA_B, 3", "D, ''"})
  void theFirstSourceThatHasANameInAnyCaseDecides(String name, String value) {
    assertEquals(Optional.of(value).filter(v -> !v.isEmpty()), settings.value(name));
  }

  @Test
  void aFaultNamesTheSourceOfItsSetting() {
    Settings faulty =
        Settings.of("init-param", Map.of("chroma_server_authn_provider", "nope"))
            .orElse(Settings.of("environment", Map.of("CHROMA_SERVER_AUTHZ_PROVIDER", "nope")));
    ConfigException e = assertThrows(ConfigException.class, () -> ChromaAuth.fromSettings(faulty));
    assertEquals(
        List.of("init-param", "environment"),
        e.faults().stream().map(ConfigException.Fault::where).toList());
  }

  @Test
  void namesOfAllSourcesAreListedByPrefix() {
    assertEquals(Set.of("CHROMA_A", "CHROMA_B"), settings.names("CHROMA"));
    assertEquals(Set.of(), settings.names("chroma"));
  }

  @Test
  void aBlankValueIsNone() {
    assertFalse(Settings.of("x", Map.of("CHROMA_B", " ")).hasAny(List.of("CHROMA_B", "D")));
    assertTrue(settings.hasAny(List.of("CHROMA_B", "D")), "a blank one hides no other source's");
  }

  @Test
  void theNameAsChromaWritesItGoesBeforeOtherSpellings() {
    for (List<String> order :
        List.of(List.of("chroma_a", "CHROMA_A"), List.of("CHROMA_A", "chroma_a"))) {
      Map<String, String> values = new LinkedHashMap<>();
      order.forEach(name -> values.put(name, name));
      assertEquals(Optional.of("CHROMA_A"), Settings.of("x", values).value("chroma_A"));
    }
  }

  @Test
  void systemPropertiesGoBeforeTheEnvironment() {
    String name = "CHROMA_AUTH_OF_THIS_TEST";
    System.setProperty(name, "1");
    try {
      assertEquals(Optional.of("1"), Settings.ofProcess().value(name));
      assertEquals(Optional.ofNullable(System.getenv("PATH")), Settings.ofProcess().value("path"));
    } finally {
      System.clearProperty(name);
    }
  }

  @Test
  void valuesAreNotPrinted() {
    Settings secret =
        Settings.of("environment", Map.of("CHROMA_SERVER_AUTHN_CREDENTIALS", "s3cret"));
    assertEquals("Settings[environment]", secret.toString());
    assertEquals("Settings[init-param, environment]", settings.toString());
  }
}
