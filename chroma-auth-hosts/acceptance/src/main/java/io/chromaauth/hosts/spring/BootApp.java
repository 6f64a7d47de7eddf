package io.chromaauth.hosts.spring;

import io.chromaauth.hosts.Ask;
import io.chromaauth.hosts.Reply;
import io.chromaauth.hosts.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application that runs on a free port of the loopback address. */
public final class BootApp implements AutoCloseable {
  /** What puts Spring Security into an application: by its names in Spring Boot 3 and in 4. */
  private static final String SECURITY =
      String.join(
          ",",
          "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
          "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration",
          "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
          "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
          "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
          "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
          "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration");

  private final ConfigurableApplicationContext context;

  private BootApp(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts an application of these parts, without Spring Security. */
  public static BootApp start(Class<?>... configurations) {
    return start(Map.of("spring.autoconfigure.exclude", SECURITY), List.of(configurations));
  }

  /** Starts an application of these parts, Spring Security among them. */
  public static BootApp secured(Class<?>... configurations) {
    return start(Map.of(), List.of(configurations));
  }

  /** Starts an application with beans of no class of their own, without Spring Security. */
  static BootApp start(Map<String, Object> properties, SpringApplicationBuilder application) {
    Map<String, Object> all = new TreeMap<>(properties);
    all.putIfAbsent("spring.autoconfigure.exclude", SECURITY);
    return run(all, application);
  }

  private static BootApp start(Map<String, Object> properties, List<Class<?>> configurations) {
    List<Class<?>> all = new ArrayList<>(configurations);
    all.add(Automatic.class);
    return run(properties, new SpringApplicationBuilder(all.toArray(Class<?>[]::new)));
  }

  private static BootApp run(Map<String, Object> properties, SpringApplicationBuilder application) {
    Map<String, Object> all = new TreeMap<>(properties);
    all.put("server.port", "0");
    all.put("server.address", "127.0.0.1");
    all.put("spring.main.banner-mode", "off");
    return new BootApp(
        application
            .web(WebApplicationType.SERVLET)
            .registerShutdownHook(false)
            .properties(all)
            .run());
  }

  /** Where it listens. */
  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** Its answer. */
  public Reply ask(Ask request) throws IOException {
    return Wire.ask(port(), request);
  }

  @Override
  public void close() {
    context.close();
  }

  /** Whatever Spring Boot finds out by itself. */
  @Configuration
  @EnableAutoConfiguration
  static class Automatic {}
}
