package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossOriginTest {
  private static final String APP = "https://app.example";

  private static GatewayServer withOrigins(RawUpstream upstream, Filter filter, String... origins)
      throws IOException {
    return Gateways.started(
        Gateways.LOOPBACK.withAllowedOrigins(Set.of(origins)),
        Gateways.upstream(upstream.url()),
        filter);
  }

  private static Set<String> words(Optional<String> list) {
    return new TreeSet<>(Arrays.asList(list.orElse("").split(",", -1)));
  }

  private static String preflight(String origin) {
    return get(
            "/x",
            "Origin: " + origin,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization")
        .replace("GET", "OPTIONS");
  }

  @Test
  void preflightOfAnAllowedOriginIsAnsweredBeforeTheFilter() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = withOrigins(upstream, Gateways.REFUSING, APP)) {
      Wire.Message answer = ask(gateway.port(), preflight(APP));
      assertEquals(200, answer.status());
      assertEquals(List.of(APP), answer.all("Access-Control-Allow-Origin"));
      assertEquals(
          Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
          words(answer.header("Access-Control-Allow-Methods")));
      assertEquals(
          Set.of("authorization", "x-chroma-token", "content-type"),
          words(answer.header("Access-Control-Allow-Headers")));
      assertEquals(List.of(), answer.all("Access-Control-Allow-Credentials"));
      assertEquals(List.of(), upstream.seen());
    }
  }

  @Test
  void everyAnswerToAnAllowedOriginCanBeReadThere() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Filter refusingFirst =
        (request, response, chain) -> {
          if (calls.incrementAndGet() == 1) {
            Gateways.REFUSING.doFilter(request, response, chain);
          } else {
            chain.doFilter(request, response);
          }
        };
    RawUpstream upstream =
        RawUpstream.answering(
            ok("", "Access-Control-Allow-Origin: https://other.example", "Connection: close"));
    try (GatewayServer gateway = withOrigins(upstream, refusingFirst, APP)) {
      for (int expected : new int[] {401, 200, 503}) {
        Wire.Message answer = ask(gateway.port(), get("/x", "Origin: " + APP));
        assertEquals(expected, answer.status());
        assertEquals(List.of(APP), answer.all("Access-Control-Allow-Origin"));
        assertEquals(
            Set.of("x-request-id", "retry-after"),
            words(answer.header("Access-Control-Expose-Headers")));
        assertEquals(Optional.of("Origin"), answer.header("Vary"));
        if (expected == 200) {
          upstream.close();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example, https://app.example, true",
    "https://app.example, https://appXexample, false",
    "https://app.example, https://app.example.evil.org, false",
    "https://app.example, https://evil.org, false",
    "https://app.example, null, false",
    "*, https://anything.org, true",
    ".*, https://evil.org, false",
    "'https://a.org:8080', 'https://a.org:8080', true"
  })
  void originsAreLiteralText(String allowed, String asking, boolean expected) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok("body"));
        GatewayServer gateway = withOrigins(upstream, Gateways.OPEN, allowed)) {
      List<String> granted = expected ? List.of(asking) : List.of();
      Wire.Message simple = ask(gateway.port(), get("/x", "Origin: " + asking));
      assertEquals(granted, simple.all("Access-Control-Allow-Origin"));
      assertEquals("body", simple.text());
      Wire.Message preflight = ask(gateway.port(), preflight(asking));
      assertEquals(granted, preflight.all("Access-Control-Allow-Origin"));
      assertEquals(1, upstream.seen().size());
    }
  }

  @Test
  void withoutOriginsThereIsNoCors() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, Gateways.REFUSING)) {
      Wire.Message answer = ask(gateway.port(), preflight(APP));
      assertEquals(401, answer.status());
      assertEquals(List.of(), answer.all("Access-Control-Allow-Origin"));
      assertEquals(List.of(), answer.all("Vary"));
    }
  }
}
