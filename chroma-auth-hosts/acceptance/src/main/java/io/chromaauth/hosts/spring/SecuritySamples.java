package io.chromaauth.hosts.spring;

import io.chromaauth.servlet.ChromaAuthFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Applications with Spring Security beside our filter. */
final class SecuritySamples {
  /** Spring Security's own place, which has another constant in each version. */
  private static final int SPRING_SECURITY = -100;

  private SecuritySamples() {}

  private static UserDetails user(String name) {
    return User.withUsername(name).password("{noop}" + name + "-password").roles("USER").build();
  }

  /** Spring Security's users. */
  @Configuration
  static class Users {
    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(user("carol"), user("dave"), user("erin"));
    }
  }

  /** Spring Security leaves Chroma's paths alone, and guards the rest. */
  @Configuration
  @Import(Users.class)
  static class Chains {
    @Bean
    @Order(1)
    SecurityFilterChain chroma(HttpSecurity http) throws Exception {
      return http.securityMatcher("/api/v2/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .csrf(AbstractHttpConfigurer::disable)
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain rest(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }
  }

  /** Each for its own paths. */
  @Configuration
  @Import(Chains.class)
  static class Apart {
    @Bean
    FilterRegistrationBean<ChromaAuthFilter> chromaAuth() {
      ChromaAuthFilter filter = SpringSamples.withTokens();
      return SpringSamples.registration(filter, SPRING_SECURITY + 1, "/api/v2/*");
    }
  }

  /** The same in the wrong order. */
  @Configuration
  @Import(Chains.class)
  static class OursFirst {
    @Bean
    FilterRegistrationBean<ChromaAuthFilter> chromaAuth() {
      ChromaAuthFilter filter = SpringSamples.withTokens();
      return SpringSamples.registration(filter, SPRING_SECURITY - 1, "/api/v2/*");
    }
  }

  /** Spring Security logs in, our filter decides. */
  @Configuration
  @Import(Users.class)
  static class LoggingIn {
    @Bean
    SecurityFilterChain all(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(Customizer.withDefaults())
          .httpBasic(Customizer.withDefaults())
          .csrf(csrf -> csrf.ignoringRequestMatchers("/orders/**"))
          .build();
    }

    @Bean
    FilterRegistrationBean<ChromaAuthFilter> chromaAuth() {
      ChromaAuthFilter filter = SpringSamples.withOthersUsers();
      return SpringSamples.registration(filter, SPRING_SECURITY + 1, "/*");
    }
  }
}
