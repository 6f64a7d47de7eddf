package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.settings.UpstreamHeader;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxiedHeadersTest {
  @Test
  void onlyTheClientsOwnEndToEndHeadersAreForwarded() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      String request =
          get(
              "/x",
              "Connection: close, x-listed, X_Under, host",
              "X-Listed: 1",
              "x-under: 1",
              "Keep-Alive: timeout=5",
              "Proxy-Connection: keep-alive",
              "Proxy-Authorization: Basic eA==",
              "TE: trailers",
              "Trailer: x",
              "Authorization: Bearer secret",
              "authorization_: 1",
              "X-Chroma-Token: secret",
              "X_Chroma_Token: secret",
              "X-FORWARDED-FOR: 1.2.3.4",
              "X_Forwarded_User: admin",
              "Forwarded: for=1.2.3.4",
              "Via: 1.1 x",
              "X-Real-IP: 1.2.3.4",
              "X-Original-URL: /reset",
              "X-Rewrite-URL: /reset",
              "X-HTTP-Method-Override: DELETE",
              "X-HTTP-Method: DELETE",
              "X-Method-Override: DELETE",
              "X-Chroma-Auth-User: admin",
              "X_Chroma_Auth_User: admin",
              "X-Request-Id: mine",
              "Transfer_Encoding: chunked",
              "Cookie: a=b",
              "Accept-Encoding: gzip",
              "X-Twice: 1",
              "x-twice: 2",
              "X-Bytes: \u00e9\u00c3\u00a9");
      assertEquals(200, ask(gateway.port(), request).status());
      assertEquals(
          List.of(
              "Host: 127.0.0.1:" + upstream.port(),
              "authorization_: 1",
              "Cookie: a=b",
              "Accept-Encoding: gzip",
              "X-Twice: 1",
              "x-twice: 2",
              "X-Bytes: \u00e9\u00c3\u00a9"),
          upstream.only().headers());
    }
  }

  @Test
  void upgradeIsNotOfferedToTheUpstream() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok("plain"));
        GatewayServer gateway = Gateways.to(upstream)) {
      String request =
          get("/x", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13");
      assertEquals("plain", ask(gateway.port(), request).text());
      assertEquals(List.of(), upstream.only().all("Upgrade"));
      assertEquals(List.of(), upstream.only().all("Connection"));
    }
  }

  @Test
  void connectionCantRemoveWhatTheGatewayAdds() throws Exception {
    Filter withId =
        (request, response, chain) -> {
          ((HttpServletResponse) response).setHeader("X-Request-Id", "ours");
          chain.doFilter(request, response);
        };
    try (RawUpstream upstream = RawUpstream.answering(ok("", "X-Request-ID: theirs"));
        GatewayServer gateway =
            Gateways.to(
                Gateways.upstream(upstream.url())
                    .withHeader(() -> new UpstreamHeader("X-Key", "k")),
                withId)) {
      Wire.Message answer =
          ask(
              gateway.port(),
              get(
                  "/x",
                  "Connection: authorization, x-key, x-request-id",
                  "X-Request-Id: mine",
                  "x_key: evil",
                  "X-Key: evil"));
      assertEquals(List.of("ours"), upstream.only().all("X-Request-Id"));
      assertEquals(List.of("k"), upstream.only().all("X-Key"));
      assertEquals(List.of(), upstream.only().all("x_key"));
      assertEquals(List.of("ours"), answer.all("X-Request-Id"));
    }
  }

  @Test
  void answerComesAsItIsWithoutWhatIsTheGatewaysOwn() throws Exception {
    String sent =
        ok(
            "\u001f\u008bnot really gzip",
            "Connection: x-listed",
            "X-Listed: 1",
            "Keep-Alive: timeout=5",
            "Proxy-Authenticate: Basic",
            "Server: uvicorn",
            "Date: Thu, 01 Jan 1970 00:00:00 GMT",
            "Access-Control-Allow-Origin: *",
            "access-control-allow-credentials: true",
            "Content-Encoding: gzip",
            "Content-Type: application/json",
            "Set-Cookie: a=b",
            "Set-Cookie: c=d",
            "X-Request-Id: theirs");
    try (RawUpstream upstream = RawUpstream.answering(sent);
        GatewayServer gateway = Gateways.to(upstream)) {
      Wire.Message answer = ask(gateway.port(), get("/x"));
      assertEquals(
          List.of(
              "Date: Thu, 01 Jan 1970 00:00:00 GMT",
              "Content-Encoding: gzip",
              "Content-Type: application/json",
              "Set-Cookie: a=b",
              "Set-Cookie: c=d",
              "X-Request-Id: theirs",
              "Content-Length: 17"),
          answer.headers());
      assertEquals("\u001f\u008bnot really gzip", answer.text());
    }
  }

  @Test
  void redirectsAndChallengesAreTheClientsBusiness() throws Exception {
    String[] starts = {"307 Temporary Redirect", "401 Unauthorized", "500 Oops", "404 None"};
    for (String start : starts) {
      String sent =
          "HTTP/1.1 "
              + start
              + "\r\nWWW-Authenticate: Basic realm=x\r\nLocation: /y\r\nContent-Length: 1\r\n\r\nz";
      try (RawUpstream upstream = RawUpstream.answering(sent);
          GatewayServer gateway = Gateways.to(upstream)) {
        Wire.Message answer = ask(gateway.port(), get("/x"));
        assertEquals(Integer.parseInt(start.substring(0, 3)), answer.status());
        assertEquals(Optional.of("/y"), answer.header("Location"));
        assertEquals(Optional.of("Basic realm=x"), answer.header("WWW-Authenticate"));
        assertEquals("z", answer.text());
        assertEquals(1, upstream.seen().size());
      }
    }
  }
}
