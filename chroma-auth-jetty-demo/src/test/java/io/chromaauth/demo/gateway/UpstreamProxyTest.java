package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static io.chromaauth.demo.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamProxyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v2/tenants/t1?limit=1&limit=2",
        "/a%20b/%E2%82%AC?x=%20+",
        "/x?q={}",
        "/x?q=%zz&x=a|b",
        "/x?",
        "/x?a?b=/../",
        "/x?\"<>^`[]\\",
        "/a/../b/./c;p=1/d",
        "/"
      })
  void targetGoesOutByteForByte(String target) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      assertEquals(200, ask(gateway.port(), get(target)).status());
      assertEquals("GET " + target + " HTTP/1.1", upstream.only().startLine());
    }
  }

  @Test
  void pathOfTheUpstreamsUrlStandsBefore() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway =
            Gateways.to(
                Gateways.upstream(URI.create(upstream.url() + "/chroma%20db/")), Gateways.OPEN)) {
      assertEquals(200, ask(gateway.port(), get("/api/v2?x=1")).status());
      assertEquals("GET /chroma%20db/api/v2?x=1 HTTP/1.1", upstream.only().startLine());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
  void aBodyThatMeansNothingHoldsNoConnectionOfTheUpstream(String method) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, Gateways.OPEN)) {
      String request =
          get("/api/v2/heartbeat")
              .replaceFirst("GET", method)
              .replaceFirst("\r\n", "\r\nContent-Length: 1000\r\n");
      assertEquals(400, ask(gateway.port(), request + "x").status());
      assertEquals(200, ask(gateway.port(), get("/api/v2/heartbeat")).status());
      assertEquals("GET /api/v2/heartbeat HTTP/1.1", upstream.only().startLine());
    }
  }

  @Test
  void whatTheFilterMadeOfTheTargetIsForwarded() throws Exception {
    Filter rewriting =
        (request, response, chain) ->
            chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                  @Override
                  public String getRequestURI() {
                    return super.getRequestURI().replace("/default_tenant/", "/acme/");
                  }

                  @Override
                  public String getQueryString() {
                    return "database=d1&" + super.getQueryString();
                  }
                },
                response);
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, rewriting)) {
      assertEquals(200, ask(gateway.port(), get("/t/default_tenant/c?limit={}")).status());
      assertEquals("GET /t/acme/c?database=d1&limit={} HTTP/1.1", upstream.only().startLine());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS", "get", "PROPFIND"})
  void methodGoesOutAsItIs(String method) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok("x"));
        GatewayServer gateway = Gateways.to(upstream)) {
      assertEquals("x", ask(gateway.port(), get("/x").replace("GET", method)).text());
      assertEquals(method + " /x HTTP/1.1", upstream.only().startLine());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE /x", "CONNECT evil:443"})
  void traceAndConnectAreRefused(String start) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      Wire.Message answer = ask(gateway.port(), start + " HTTP/1.1\r\nHost: evil:443\r\n\r\n");
      assertEquals(405, answer.status());
      assertEquals(
          Optional.of("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"), answer.header("Allow"));
      assertEquals(
          "{\"error\":\"NotFoundError\",\"message\":\"Method Not Allowed\"}", answer.text());
      assertEquals(List.of(), upstream.seen());
    }
  }

  @Test
  void serverWideOptionsIsNotForwarded() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      assertEquals(
          404, ask(gateway.port(), "OPTIONS * HTTP/1.1\r\nHost: gateway\r\n\r\n").status());
      assertEquals(List.of(), upstream.seen());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/1.1\r\nHost: evil.example\r\n",
        "GET http://evil.example/x HTTP/1.1\r\nHost: evil.example\r\n",
        "GET http://127.0.0.1:1/x HTTP/1.1\r\nHost: 127.0.0.1:1\r\n",
        "GET /x HTTP/1.1\r\nHost: gateway\r\nX-Forwarded-Host: evil\r\nForwarded: host=evil\r\n"
      })
  void nothingThatAClientSendsChangesTheTarget(String head) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      assertEquals(200, ask(gateway.port(), head + "\r\n").status());
      Wire.Message seen = upstream.only();
      assertEquals("GET /x HTTP/1.1", seen.startLine());
      assertEquals(List.of("127.0.0.1:" + upstream.port()), seen.all("Host"));
    }
  }

  @Test
  void connectionsToTheUpstreamAreKept() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok("x"));
        GatewayServer gateway = Gateways.to(upstream)) {
      for (int i = 0; i < 20; i++) {
        assertEquals("x", ask(gateway.port(), post("/x", "y")).text());
      }
      // a client may have its answer just before the connection is back in the pool
      assertTrue(upstream.connections() <= 3, "connections: " + upstream.connections());
    }
  }
}
