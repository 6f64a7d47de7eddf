package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Registration in code, with a container's part played; the hosts' tests do it with real ones. */
class RegisterTest {
  private final ChromaAuthFilter filter = new ChromaAuthFilter();
  private final ServletContext context = Mockito.mock(ServletContext.class);
  private final FilterRegistration.Dynamic registration =
      Mockito.mock(FilterRegistration.Dynamic.class);

  @Test
  void everyDispatchOfEveryPathGoesThroughItBeforeTheFiltersOfTheDescriptor() {
    Mockito.when(context.addFilter("chroma-auth /*", filter)).thenReturn(registration);
    assertSame(registration, ChromaAuthFilter.register(context, filter));
    Mockito.verify(registration).setAsyncSupported(true);
    Mockito.verify(registration)
        .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  @Test
  void severalFiltersHaveEachTheirOwnPatterns() {
    Mockito.when(context.addFilter("chroma-auth /a/* /b/*", filter)).thenReturn(registration);
    ChromaAuthFilter.register(context, filter, "/a/*", "/b/*");
    Mockito.verify(registration)
        .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/a/*", "/b/*");
    assertThrows(
        IllegalStateException.class, () -> ChromaAuthFilter.register(context, filter, "/c/*"));
  }

  @Test
  void aFilterBuiltInCodeThatHasEndedDoesNotBeginAgainWithOtherSettings() {
    ChromaAuthFilter built = Team.filter();
    built.destroy();
    ServletException e =
        assertThrows(
            ServletException.class,
            () ->
                built.init(
                    ServletSettingsTest.config(Map.of("CHROMA_AUTH_DISABLED", "true"), Map.of())));
    assertTrue(String.valueOf(e.getMessage()).contains("build another"), e::toString);
    assertThrows(IllegalStateException.class, built::summary);
  }

  @Test
  void aContainersFilterBeginsAgainAsItsSettingsSay() throws ServletException {
    for (int i = 0; i < 2; i++) {
      filter.init(ServletSettingsTest.config(Map.of("CHROMA_AUTH_DISABLED", "true"), Map.of()));
      assertEquals(1, filter.summary().warnings().size());
      filter.destroy();
    }
  }
}
