package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.ConfigException;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterSettingsTest {
  @Test
  void withoutSettingsTheDefaultsOfTheDesignHold() {
    assertEquals(
        new FilterSettings(
            false,
            List.of(),
            8 << 20,
            Set.of(),
            true,
            FilterSettings.Audit.REFUSED,
            "",
            Duration.ofSeconds(1),
            TrustedProxies.NONE,
            false),
        read());
  }

  @Test
  void allOfThemCanBeSet() {
    FilterSettings settings =
        read(
            Names.COMPAT, "native-0.6",
            Names.PATH_PREFIX, "/a/b/",
            Names.INSPECT_LIMIT, "2 KiB",
            Names.ALLOWED_ORIGINS, "[\"https://App.example\"]",
            Names.BODY_GUARD, "off",
            Names.AUDIT, "all",
            Names.RESOLVER, "trust-path",
            Names.RELOAD_INTERVAL, "1m",
            Names.TRUSTED_PROXIES, "10.0.0.0/8",
            Names.OVERWRITE, "TRUE");
    assertEquals(
        new FilterSettings(
            true,
            List.of("a", "b"),
            2048,
            Set.of("https://app.example"),
            false,
            FilterSettings.Audit.ALL,
            "trust-path",
            Duration.ofMinutes(1),
            settings.trustedProxies(),
            true),
        settings);
    assertEquals(1, settings.trustedProxies().ranges().size());
    assertEquals(FilterSettings.Audit.OFF, read(Names.AUDIT, "off").audit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHROMA_AUTH_COMPAT | native",
        "CHROMA_AUTH_COMPAT | Standard",
        "CHROMA_AUTH_COMPAT | native-0.5",
        "CHROMA_AUTH_PATH_PREFIX | chroma",
        "CHROMA_AUTH_PATH_PREFIX | //chroma",
        "CHROMA_AUTH_PATH_PREFIX | /a/../b",
        "CHROMA_AUTH_PATH_PREFIX | /a;b",
        "CHROMA_AUTH_PATH_PREFIX | /{tenant}",
        "CHROMA_AUTH_INSPECT_LIMIT | many",
        "CHROMA_AUTH_INSPECT_LIMIT | -1",
        "CHROMA_AUTH_INSPECT_LIMIT | 1.5 MiB",
        "CHROMA_AUTH_INSPECT_LIMIT | 8 mb",
        "CHROMA_AUTH_ALLOWED_ORIGINS | https://app.example",
        "CHROMA_AUTH_ALLOWED_ORIGINS | {}",
        "CHROMA_AUTH_ALLOWED_ORIGINS | [",
        "CHROMA_AUTH_ALLOWED_ORIGINS | [\"\"]",
        "CHROMA_AUTH_ALLOWED_ORIGINS | [\"null\"]",
        "CHROMA_AUTH_ALLOWED_ORIGINS | [\"NULL\"]",
        "CHROMA_SERVER_CORS_ALLOW_ORIGINS | *",
        "CHROMA_AUTH_BODY_GUARD | false",
        "CHROMA_AUTH_BODY_GUARD | OFF",
        "CHROMA_AUTH_AUDIT | some",
        "CHROMA_AUTH_AUDIT | ALL",
        "CHROMA_AUTH_RESOLVER | embedded",
        "CHROMA_AUTH_RESOLVER | Trust-Path",
        "CHROMA_AUTH_RESOLVER | \"trust-path\""
      })
  void anythingElseIsAFaultThatNamesTheSetting(String name, String value) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(name, value));
    assertTrue(e.toString().contains(name), e::toString);
    assertTrue(e.faults().get(0).where().startsWith("test"), e::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1024",
        "8 MiB",
        "1 GiB",
        "2GiB",
        "999999999999",
        "999999999999 GiB",
        "8589934592 GiB"
      })
  void aLimitIsPositiveAndFitsAnArrayOrItIsAFault(String value) {
    try {
      int limit = read(Names.INSPECT_LIMIT, value).inspectLimit();
      assertTrue(limit > 0 && limit <= 1 << 30, () -> value + " is " + limit);
    } catch (ConfigException e) {
      assertTrue(e.toString().contains(Names.INSPECT_LIMIT), e::toString);
    }
  }

  @Test
  void originsComeFromTheCorsSettingUnlessThereAreOwnOnes() {
    String cors = "[\"https://a.example\"]";
    assertEquals(
        Set.of("https://a.example"), read(Names.CORS_ALLOW_ORIGINS, cors).allowedOrigins());
    assertEquals(
        Set.of("https://b.example"),
        read(Names.CORS_ALLOW_ORIGINS, cors, Names.ALLOWED_ORIGINS, "[\"https://b.example\"]")
            .allowedOrigins());
  }

  @Test
  void anEmptyListOfOwnOriginsClosesWhatCorsOpens() {
    assertEquals(
        Set.of(),
        read(Names.CORS_ALLOW_ORIGINS, "[\"*\"]", Names.ALLOWED_ORIGINS, "[]").allowedOrigins());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "'', false", "' ', false"})
  void onlyTrueOpensEverything(String value, boolean open) {
    Faults faults = new Faults();
    assertEquals(open, FilterSettings.disabled(Team.only(Names.DISABLED, value), faults));
    faults.throwIfAny();
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "TRUE", "1", "yes", "on", "'true'", "\"true\"", "true ", "no"})
  void whatLooksLikeTrueIsAFaultAndOpensNothing(String value) {
    Faults faults = new Faults();
    assertFalse(FilterSettings.disabled(Team.only(Names.DISABLED, value), faults));
    assertFalse(faults.isEmpty());
  }

  private static FilterSettings read(String... pairs) {
    Faults faults = new Faults();
    FilterSettings settings = FilterSettings.read(Team.only(pairs), faults);
    faults.throwIfAny();
    return settings;
  }
}
