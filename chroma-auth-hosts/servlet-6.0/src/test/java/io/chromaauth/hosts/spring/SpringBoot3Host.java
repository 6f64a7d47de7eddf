package io.chromaauth.hosts.spring;

import io.chromaauth.hosts.Setup;
import org.springframework.boot.web.embedded.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring Boot 3. */
public final class SpringBoot3Host extends SpringBootHost {
  public SpringBoot3Host() {
    super(Server.class);
  }

  /** Its embedded Tomcat. */
  @Configuration
  static class Server {
    @Bean
    TomcatConnectorCustomizer connector(Setup setup) {
      return connector -> prepare(connector, setup);
    }
  }
}
