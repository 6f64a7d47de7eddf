package io.chromaauth.hosts.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.Settings;
import io.chromaauth.hosts.Ask;
import io.chromaauth.hosts.Markdown;
import io.chromaauth.hosts.Pasted;
import io.chromaauth.hosts.Reply;
import io.chromaauth.hosts.Strangers;
import io.chromaauth.hosts.Team;
import io.chromaauth.servlet.ChromaAuthFilter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** The blocks of README and docs/webapps.md for Spring Boot, pasted and run. */
public abstract class SpringBlocksRows {
  private static final Markdown README = Markdown.page("README.md");
  private static final Markdown WEBAPPS = Markdown.page("docs/webapps.md");

  @Test
  void theConfigurationTurnsStrangersAway() throws Exception {
    Class<?> block = Pasted.files().compile(README.block("In Spring Boot", "java"));
    try (BootApp app = BootApp.start(SpringSamples.Mvc.class, block)) {
      Strangers.areTurnedAway(app.port());
    }
  }

  @Test
  void besideSpringSecurityItGuardsItsOwnPaths() throws Exception {
    String heading = "Spring Security for the other paths";
    Class<?> block = Pasted.files().compile(WEBAPPS.block(heading, "java"));
    try (BootApp app =
        BootApp.secured(SpringSamples.Mvc.class, SecuritySamples.Users.class, block)) {
      Strangers.areTurnedAway(app.port());
      Reply springs = app.ask(Ask.get("/pages/welcome").basic("carol", "carol-password"));
      assertEquals("carol", springs.says("principal"), springs::toString);
      assertEquals(401, app.ask(Ask.get("/pages/welcome")).status());
    }
  }

  @Test
  void springSecurityLogsInAndTheFilterDecides() throws Exception {
    Class<?> block = Pasted.files().compile(WEBAPPS.block("Spring Security logs in", "java"));
    try (BootApp app =
        BootApp.secured(SpringSamples.Mvc.class, SecuritySamples.Users.class, block)) {
      assertEquals(401, app.ask(Ask.get(Team.MINE).header("Accept: application/json")).status());
      Reply carol = app.ask(Ask.get(Team.MINE).basic("carol", "carol-password"));
      assertEquals("carol", carol.says("principal"), carol::toString);
      Ask foreign = Ask.get(Team.FOREIGN).basic("carol", "carol-password");
      assertEquals(403, app.ask(foreign).status());
      assertEquals(403, app.ask(Ask.get(Team.MINE).basic("dave", "dave-password")).status());
    }
  }

  @Test
  void springsCorsFilterLetsPagesRead() throws Exception {
    Class<?> block = Pasted.files().compile(WEBAPPS.block("CORS in Spring", "java"));
    try (BootApp app = BootApp.start(SpringSamples.Mvc.class, WithOrigin.class, block)) {
      checkCors(app);
    }
  }

  @Test
  void springSecuritysCorsLetsPagesRead() throws Exception {
    try (BootApp app =
        BootApp.secured(SpringSamples.Mvc.class, WithOrigin.class, CorsOfSecurity.class)) {
      checkCors(app);
    }
  }

  private static void checkCors(BootApp app) throws IOException {
    Strangers.areTurnedAway(app.port());
    Strangers.ofAnotherOriginCanRead(app.port());
    Strangers.ofAThirdOriginCanNot(app.port());
  }

  /** The filter, told the origin. */
  @Configuration
  static class WithOrigin {
    @Bean
    FilterRegistrationBean<ChromaAuthFilter> chromaAuth() throws IOException {
      Pasted pasted = Pasted.files();
      Map<String, String> settings = pasted.settingsWithOrigin();
      ChromaAuthFilter filter =
          ChromaAuthFilter.builder().settings(Settings.of("test", settings)).build();
      return SpringSamples.registration(filter, 0, "/*");
    }
  }

  /** Spring Security's own CORS layer. */
  @Configuration
  static class CorsOfSecurity {
    @Bean
    SecurityFilterChain all(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .csrf(AbstractHttpConfigurer::disable)
          .cors(Customizer.withDefaults())
          .build();
    }

    @Bean
    CorsConfigurationSource corsConfigurationSource() {
      CorsConfiguration cors = new CorsConfiguration();
      cors.setAllowedOrigins(List.of("https://app.example"));
      cors.setAllowedMethods(List.of("GET", "POST"));
      cors.setAllowedHeaders(List.of("authorization", "content-type"));
      cors.setExposedHeaders(List.of("x-request-id"));
      UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
      paths.registerCorsConfiguration("/**", cors);
      return paths;
    }
  }
}
