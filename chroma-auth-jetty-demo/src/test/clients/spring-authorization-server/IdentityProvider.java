import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * A real OpenID Connect provider on a free loopback port. Says "listening PORT", then does what its
 * input says, a line each, answered by "ok": publish KEY, use KEY, withdraw KEY. The client ROLE-TENANT
 * gets that role and tenant in its tokens; every client's secret is "secret of " and its id.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class IdentityProvider {
  private static final List<String> CLIENTS =
      List.of("writer-acme", "reader-acme", "writer-rival", "nobody-acme");
  private static final Map<String, JWK> KEYS = new ConcurrentSkipListMap<>();
  private static volatile String used = "first";

  public static void main(String[] arguments) throws Exception {
    publish(used);
    var context =
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(IdentityProvider.class)
                .properties("server.port=0", "server.address=127.0.0.1", "logging.level.root=WARN")
                .run();
    System.out.println("listening " + context.getWebServer().getPort());
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String key = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, line.indexOf(' '))) {
        case "publish" -> publish(key);
        case "use" -> used = key;
        case "withdraw" -> KEYS.remove(key);
        default -> throw new IllegalArgumentException(line);
      }
      System.out.println("ok");
    }
    System.exit(0); // whoever started it is gone
  }

  private static void publish(String key) throws JOSEException {
    KEYS.put(key, new RSAKeyGenerator(2048).keyID(key).generate());
  }

  @Bean
  JWKSource<SecurityContext> keys() {
    return (selector, context) -> selector.select(new JWKSet(new ArrayList<>(KEYS.values())));
  }

  @Bean
  AuthorizationServerSettings settings() {
    return AuthorizationServerSettings.builder().build();
  }

  @Bean
  RegisteredClientRepository clients() {
    return new InMemoryRegisteredClientRepository(
        CLIENTS.stream().map(IdentityProvider::client).toList());
  }

  private static RegisteredClient client(String id) {
    return RegisteredClient.withId(id)
        .clientId(id)
        .clientSecret("{noop}secret of " + id)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .tokenSettings(
            TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(10)).build())
        .build();
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> claims() {
    return token -> {
      String[] id = token.getRegisteredClient().getClientId().split("-");
      token.getJwsHeader().keyId(used);
      token.getClaims().audience(List.of("chroma"));
      token.getClaims().claim("realm_access", Map.of("roles", List.of(id[0])));
      token.getClaims().claim("tenant", id[1]);
    };
  }
}
