package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static io.chromaauth.demo.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonErrorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/1.1\n\n",
        "GET /x HTTP/1.1\nHost: g\n\n",
        "GET /x HTTP/1.1\r\nHost: g\nX: y\r\n\r\n",
        "GET /x HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: g\r\nHost: h\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost : g\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: g\r\n folded: y\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: g\r\nX\u0000: y\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: +5\r\n\r\nhello",
        "POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 5, 5\r\n\r\nhello",
        "POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: -1\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        "POST /x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "GET /a%2Fb HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET /a%5Cb HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET /a%252Fb HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET /%2e%2e/b HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET /a%00 HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET /../a HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET //a HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET http://h/x HTTP/1.1\r\nHost: g\r\n\r\n"
      })
  void requestThatIsNotPlainHttpIs400AndGoesNowhere(String request) throws Exception {
    AtomicInteger filtered = new AtomicInteger();
    Filter counting =
        (req, response, chain) -> {
          filtered.incrementAndGet();
          chain.doFilter(req, response);
        };
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, counting);
        Wire client = Wire.to(gateway.port())) {
      Wire.Message answer = client.send(request).readAnswer();
      assertEquals(400, answer.status(), answer.toString());
      assertEquals(
          "{\"error\":\"InvalidArgumentError\",\"message\":\"Bad Request\"}", answer.text());
      assertEquals(Optional.of("application/json"), answer.header("Content-Type"));
      assertEquals(36, answer.header("X-Request-Id").orElseThrow().length());
      assertEquals(Optional.empty(), answer.header("Server"));
      assertEquals(0, filtered.get());
      assertEquals(0, upstream.connections());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /x, 505, InternalError, HTTP Version Not Supported",
    "GET /LONG HTTP/1.1, 414, InvalidArgumentError, URI Too Long",
    "GET /x HTTP/1.1|Host: g|X: LONG, 431, InvalidArgumentError, Request Header Fields Too Large",
    "POST /x HTTP/1.1|Host: g|Expect: magic, 417, InvalidArgumentError, Expectation Failed"
  })
  void whatJettyRefusesIsJson(String head, int status, String error, String message)
      throws Exception {
    String request =
        head.replace("LONG", "x".repeat(GatewayServer.MAX_REQUEST_HEADERS)).replace("|", "\r\n");
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      Wire.Message answer = ask(gateway.port(), request + "\r\n\r\n");
      assertEquals(status, answer.status());
      assertEquals("{\"error\":\"" + error + "\",\"message\":\"" + message + "\"}", answer.text());
      assertEquals(0, upstream.connections());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, AuthError, Unauthorized",
    "403, AuthError, Forbidden",
    "404, NotFoundError, Not Found",
    "405, NotFoundError, Method Not Allowed",
    "503, InternalError, Service Unavailable"
  })
  void errorSentByAServletIsJsonWithItsRequestId(int status, String error, String message)
      throws Exception {
    Filter failing =
        (request, response, chain) -> {
          ((HttpServletResponse) response).setHeader("X-Request-Id", "id-1");
          ((HttpServletResponse) response).sendError(status, "details");
        };
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, failing);
        Wire client = Wire.to(gateway.port())) {
      Wire.Message answer = client.send(get("/x")).readAnswer();
      assertEquals(status, answer.status());
      assertEquals("{\"error\":\"" + error + "\",\"message\":\"" + message + "\"}", answer.text());
      assertEquals(List.of("id-1"), answer.all("X-Request-Id"));
      assertEquals(status == 503 ? 1 : 0, answer.all("Retry-After").size());
      assertEquals(status, client.send(get("/x").replace("GET", "HEAD")).readAnswer(true).status());
      assertEquals(status, client.send(post("/x", "body")).readAnswer().status());
    }
  }

  @Test
  void exceptionInAFilterShowsNothing() throws Exception {
    Logger jetty = Gateways.logger("org.eclipse.jetty.ee10.servlet.ServletChannel");
    jetty.setLevel(Level.OFF); // it logs the exception, rightly
    Filter throwing =
        (request, response, chain) -> {
          throw new IllegalStateException("secret");
        };
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, throwing)) {
      Wire.Message answer = ask(gateway.port(), get("/x", "Accept: text/html"));
      assertEquals(500, answer.status());
      assertEquals("{\"error\":\"InternalError\",\"message\":\"Server Error\"}", answer.text());
      assertFalse(answer.toString().contains("secret"));
      assertEquals(0, upstream.connections());
    } finally {
      jetty.setLevel(null);
    }
  }
}
