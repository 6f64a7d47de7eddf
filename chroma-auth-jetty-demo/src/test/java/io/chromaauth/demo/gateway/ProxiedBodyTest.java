package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static io.chromaauth.demo.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.servlet.RequestIdentity;
import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxiedBodyTest {
  @Test
  void headAnd204And304HaveNoBody() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(
                request ->
                    request.startLine().startsWith("HEAD")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                        : request.startLine().contains("304")
                            ? "HTTP/1.1 304 Not Modified\r\nETag: x\r\nContent-Length: 5\r\n\r\n"
                            : "HTTP/1.1 204 No Content\r\n\r\n");
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      Wire.Message head = client.send(get("/").replace("GET", "HEAD")).readAnswer(true);
      assertEquals(Optional.of("5"), head.header("Content-Length"));
      Wire.Message notModified = client.send(get("/304")).readAnswer(true);
      assertEquals(304, notModified.status());
      assertEquals(Optional.of("x"), notModified.header("ETag"));
      Wire.Message none = client.send(get("/204")).readAnswer(true);
      assertEquals(204, none.status());
      assertEquals(Optional.empty(), none.header("Transfer-Encoding"));
      assertEquals(204, client.send(get("/204")).readAnswer().status());
    }
  }

  @Test
  void bodiesKeepTheirLengthOrTheirChunks() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send(post("/known", "hello", "Connection: Content-Length")).readAnswer();
      client.send(post("/empty", "")).readAnswer();
      client.send(get("/none")).readAnswer();
      client
          .send("POST /chunked HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n")
          .send("5\r\nhello\r\n4;ext=1\r\n you\r\n0\r\nX-Last: x\r\n\r\n");
      assertEquals(200, client.readAnswer().status());
      List<Wire.Message> seen = upstream.seen();
      assertEquals("hello", seen.get(0).text());
      assertEquals(List.of("5"), seen.get(0).all("Content-Length"));
      assertEquals(List.of("0"), seen.get(1).all("Content-Length"));
      assertEquals(List.of(), seen.get(2).all("Content-Length"));
      assertEquals("hello you", seen.get(3).text());
      assertEquals(List.of("chunked"), seen.get(3).all("Transfer-Encoding"));
      assertEquals(List.of(), seen.get(3).all("Content-Type"));
    }
  }

  @Test
  void bodyThatAFilterHasReadIsSentWhole() throws Exception {
    Filter inspecting =
        (request, response, chain) -> {
          byte[] body = request.getInputStream().readAllBytes();
          request.setAttribute(RequestIdentity.BODY_ATTRIBUTE, body);
          chain.doFilter(request, response);
        };
    byte[] body = new byte[300_000];
    new java.util.Random(1).nextBytes(body);
    try (RawUpstream upstream = RawUpstream.answering(ok("fine"));
        GatewayServer gateway = Gateways.to(upstream, inspecting);
        Wire client = Wire.to(gateway.port())) {
      client
          .send("POST /x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n")
          .send(Integer.toHexString(body.length) + "\r\n")
          .send(body)
          .send("\r\n0\r\n\r\n");
      assertEquals("fine", client.readAnswer().text());
      assertEquals(Optional.of("300000"), upstream.only().header("Content-Length"));
      assertEquals(Optional.empty(), upstream.only().header("Transfer-Encoding"));
      assertEquals(Optional.empty(), upstream.only().header("Content-Type"));
      assertEquals(new String(body, StandardCharsets.ISO_8859_1), upstream.only().text());
    }
  }

  @Test
  void codingThatIsNotUnderstoodIs501() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      String head = "POST /x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: gzip, chunked\r\n\r\n";
      assertEquals(501, ask(gateway.port(), head + "0\r\n\r\n").status());
      assertEquals(0, upstream.connections());
    }
  }

  @Test
  void expectIsAnsweredHere() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok("done"));
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send(
          "POST /x HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertEquals(100, client.readHead().status());
      assertEquals("done", client.send("hi").readAnswer().text());
      assertEquals("hi", upstream.only().text());
      assertEquals(Optional.empty(), upstream.only().header("Expect"));
    }
  }

  @Test
  void interimAnswersAreSkipped() throws Exception {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + hints;
    try (RawUpstream upstream = RawUpstream.answering(interim + ok("final"));
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      Wire.Message answer = client.send(post("/x", "hi")).readAnswer();
      assertEquals("final", answer.text());
      assertEquals(Optional.empty(), answer.header("Link"));
      assertEquals("final", client.send(get("/x")).readAnswer().text());
    }
  }

  @Test
  void clientsOfHttp10GetTheirAnswer() throws Exception {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    try (RawUpstream upstream = RawUpstream.answering(chunked);
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      Wire.Message head = client.send("GET /x HTTP/1.0\r\n\r\n").readHead();
      assertFalse(head.header("Transfer-Encoding").isPresent());
      assertEquals("abc", new String(client.in().readAllBytes(), StandardCharsets.ISO_8859_1));
      assertTrue(upstream.only().startLine().endsWith("HTTP/1.1"));
    }
  }
}
