package io.chromaauth.hosts.spring;

import io.chromaauth.Settings;
import io.chromaauth.hosts.Workspace;
import io.chromaauth.servlet.ChromaAuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Applications of Spring MVC, and the ways in which the filter can be put before them. */
final class SpringSamples {
  /** The header by which an answer tells whom Spring's error page knows. */
  static final String ERROR_USER = "X-Error-User";

  private static final String ROUTES =
      """
      - {method: "*", path: "/orders/secret", action: "orders:secret"}
      - {method: GET, path: "/orders/mine", action: "orders:read"}
      - {method: GET, path: "/orders/deferred", action: "orders:read"}
      - {method: GET, path: "/orders/called", action: "orders:read"}
      - {method: GET, path: "/orders/teapot", action: "orders:read"}
      - {method: GET, path: "/orders/broken", action: "orders:read"}
      - {method: GET, path: "/orders/forwarding", action: "orders:read"}
      - {method: POST, path: "/orders/upload", action: "orders:write"}
      - {method: POST, path: "/orders/form", action: "orders:write"}
      """;
  private static final String ROLES =
      """
      roles_mapping:
        clerk: {actions: ["orders:read", "orders:write", "db:*"]}
        looker: {actions: ["orders:read"]}
      users:
      """;
  private static final String TOKEN_USERS =
      """
      users:
      - {id: root, tokens: [root-token]}
      - {id: rita, tokens: [rita-token]}
      """;

  private SpringSamples() {}

  /** A filter for the orders, with users who have tokens. */
  static ChromaAuthFilter withTokens() {
    String rules = ROLES + "- {id: root, role: clerk}\n- {id: rita, role: looker}\n";
    return filter("token", rules, "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE", file(TOKEN_USERS));
  }

  /** A filter for the orders, with users whom somebody before it has logged in. */
  static ChromaAuthFilter withOthersUsers() {
    String rules =
        ROLES
            + "- {id: carol, provider: container, role: clerk}\n"
            + "- {id: dave, provider: container, role: looker}\n";
    return filter("container", rules);
  }

  private static ChromaAuthFilter filter(String provider, String rules, String... more) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", provider);
    settings.put("CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac");
    settings.put("CHROMA_SERVER_AUTHZ_CONFIG", rules);
    settings.put("CHROMA_AUTH_ROUTES_FILE", file(ROUTES));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return ChromaAuthFilter.builder().settings(Settings.of("test", settings)).build();
  }

  /** A filter registered for all dispatcher types. */
  static FilterRegistrationBean<ChromaAuthFilter> registration(
      ChromaAuthFilter filter, int order, String... patterns) {
    FilterRegistrationBean<ChromaAuthFilter> bean = new FilterRegistrationBean<>(filter);
    bean.addUrlPatterns(patterns);
    bean.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    bean.setOrder(order);
    return bean;
  }

  private static String file(String text) {
    try {
      return Files.writeString(Workspace.folder("spring").resolve("file.yaml"), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spring MVC, whose error page says whom it knows. */
  @Configuration
  @Import(OrdersController.class)
  static class Mvc implements WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
      registry.addInterceptor(new ErrorUser());
    }
  }

  private static final class ErrorUser implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      if (request.getDispatcherType() == DispatcherType.ERROR) {
        response.setHeader(ERROR_USER, String.valueOf(request.getRemoteUser()));
      }
      return true;
    }
  }

  /** As documented: one bean, that registers the filter for everything. */
  @Configuration
  static class Registered {
    @Bean
    FilterRegistrationBean<ChromaAuthFilter> chromaAuth() {
      return registration(withTokens(), 0, "/*");
    }
  }

  /** A bean of the filter itself, that Spring Boot registers as it registers any filter. */
  @Configuration
  static class Bare {
    @Bean
    ChromaAuthFilter chromaAuth() {
      return withTokens();
    }
  }
}
