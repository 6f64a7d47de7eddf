package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.chromaauth.ConfigException;
import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServletSettingsTest {
  private static final String NAME = "CHROMA_AUTH_TEST_ORDER";

  @AfterEach
  void unset() {
    System.clearProperty(NAME);
  }

  @Test
  void initParamsGoBeforeContextParamsBeforeSystemPropertiesBeforeTheEnvironment() {
    System.setProperty(NAME, "property");
    Map<String, String> init = Map.of(NAME, "init");
    Map<String, String> context = Map.of(NAME, "context");
    assertEquals(Optional.of("init"), settings(init, context).value(NAME));
    assertEquals(Optional.of("context"), settings(Map.of(), context).value(NAME));
    assertEquals(Optional.of("property"), settings(Map.of(), Map.of()).value(NAME));
    assertEquals(
        Optional.ofNullable(System.getenv("PATH")), settings(Map.of(), Map.of()).value("PATH"));
  }

  @Test
  void aSystemPropertyGoesBeforeTheEnvironment() {
    String before = System.getProperty("PATH");
    System.setProperty("PATH", "property");
    try {
      assertEquals(Optional.of("property"), settings(Map.of(), Map.of()).value("PATH"));
    } finally {
      if (before == null) {
        System.clearProperty("PATH");
      } else {
        System.setProperty("PATH", before);
      }
    }
  }

  @Test
  void namesCountInAnyCase() {
    Settings settings = settings(Map.of("chroma_auth_test_order", "init"), Map.of(NAME, "context"));
    assertEquals(Optional.of("init"), settings.value(NAME));
  }

  @Test
  void theSourceIsToldForMessages() {
    Map<String, String> wrong = Map.of(Names.AUDIT, "sometimes");
    assertEquals("init-param", blamed(settings(wrong, Map.of())));
    assertEquals("context-param", blamed(settings(Map.of(), wrong)));
    System.setProperty(Names.AUDIT, "sometimes");
    try {
      assertEquals("system property", blamed(settings(Map.of(), Map.of())));
    } finally {
      System.clearProperty(Names.AUDIT);
    }
  }

  private static String blamed(Settings settings) {
    Faults faults = new Faults();
    FilterSettings.read(settings, faults);
    ConfigException e = assertThrows(ConfigException.class, faults::throwIfAny);
    return e.faults().get(0).where();
  }

  @Test
  void aContainerThatGivesNoNamesGivesNoSettings() {
    assertEquals(Optional.empty(), settings(null, null).value(NAME));
  }

  static Settings settings(
      @Nullable Map<String, String> init, @Nullable Map<String, String> context) {
    return ServletSettings.of(config(init, context));
  }

  static FilterConfig config(
      @Nullable Map<String, String> init, @Nullable Map<String, String> context) {
    FilterConfig config = mock(FilterConfig.class);
    ServletContext servletContext = mock(ServletContext.class);
    when(config.getServletContext()).thenReturn(servletContext);
    if (init != null) {
      when(config.getInitParameterNames()).thenReturn(Collections.enumeration(init.keySet()));
      init.forEach((name, value) -> when(config.getInitParameter(name)).thenReturn(value));
    }
    if (context != null) {
      when(servletContext.getInitParameterNames())
          .thenReturn(Collections.enumeration(context.keySet()));
      context.forEach(
          (name, value) -> when(servletContext.getInitParameter(name)).thenReturn(value));
    }
    return config;
  }
}
