package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.sun.net.httpserver.HttpServer;
import io.chromaauth.AuthnResult;
import io.chromaauth.servlet.ChromaAuthFilter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The sample of docs/custom-providers.md in the gateway, as printed there. */
class CustomProviderTest {
  private static final String PATH = "/api/v2/tenants/default_tenant/databases/d/collections";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "CHROMA_SERVER_AUTHN_PROVIDER", "com.example.ApiKeys", "MYAPP_API_KEY", "s3cret-key123");

  @Test
  void thePagesSampleIsTheTestedOneInUnderThirtyLines() throws Exception {
    String sample = Files.readString(Path.of("src/test/java/com/example/ApiKeys.java"));
    assertTrue(sample.lines().count() < 30, sample);
    assertTrue(Files.readString(Path.of("../docs/custom-providers.md")).contains(sample));
  }

  @Test
  void itLetsInItsUsersWithinTheirBoundsAndItsHeaderStaysHere() throws Exception {
    Queue<Map<String, List<String>>> seen = new ConcurrentLinkedQueue<>();
    HttpServer upstream =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals(PATH)) {
            seen.add(Map.copyOf(exchange.getRequestHeaders()));
          }
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    upstream.start();
    URI url = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort());
    try (TestGateway gateway = TestGateway.start(SETTINGS, url)) {
      assertEquals(200, status(gateway, PATH, "X-API-Key", "s3cret-key123"));
      assertEquals(200, status(gateway, PATH, "x-api-key", "s3cret-key123"));
      assertEquals(401, status(gateway, PATH, "X-API-Key", "s3cret-key124"));
      assertEquals(401, status(gateway, PATH, "Authorization", "Bearer s3cret-key123"));
      String elsewhere = PATH.replace("default_tenant", "other");
      assertEquals(403, status(gateway, elsewhere, "X-API-Key", "s3cret-key123"));
    } finally {
      upstream.stop(0);
    }
    assertEquals(2, seen.size());
    seen.forEach(
        headers ->
            assertTrue(
                headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("X-API-Key")),
                headers::toString));
  }

  @Test
  void aWarNamesItInItsWebXml() throws Exception {
    ServletContext context = mock(ServletContext.class);
    when(context.getInitParameterNames()).thenReturn(Collections.emptyEnumeration());
    FilterConfig config = mock(FilterConfig.class);
    when(config.getServletContext()).thenReturn(context);
    when(config.getInitParameterNames()).thenReturn(Collections.enumeration(SETTINGS.keySet()));
    SETTINGS.forEach((name, value) -> when(config.getInitParameter(name)).thenReturn(value));
    ChromaAuthFilter filter = new ChromaAuthFilter();
    filter.init(config);
    assertTrue(authenticate(filter, "s3cret-key123") instanceof AuthnResult.Authenticated);
    assertTrue(authenticate(filter, "s3cret-key124") instanceof AuthnResult.Refused);
    assertTrue(filter.credentialHeaders().contains("X-API-Key"));
    filter.destroy();
  }

  private static AuthnResult authenticate(ChromaAuthFilter filter, String key) {
    return filter.authenticate(
        name -> name.equalsIgnoreCase("X-API-Key") ? List.of(key) : List.<String>of());
  }

  @Test
  void checkNamesItAndTellsWhyItCannotBeMade() {
    Command.Outcome check = Command.run(SETTINGS, "", "check");
    assertEquals(0, check.code(), check.err());
    assertTrue(check.out().contains("authentication: com.example.ApiKeys"), check.out());
    Map<String, String> without = new HashMap<>(SETTINGS);
    without.remove("MYAPP_API_KEY");
    Command.Outcome refused = Command.run(without, "", "check");
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().contains("whose constructor fails: java.util.NoSuchElementException"),
        refused.err());
  }

  private static int status(TestGateway gateway, String path, String name, String value)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.url().resolve(path)).header(name, value).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
