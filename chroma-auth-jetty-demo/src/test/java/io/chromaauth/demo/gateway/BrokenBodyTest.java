package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.OwnAnswers.BROKEN;
import static io.chromaauth.demo.gateway.OwnAnswers.assertJson;
import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n"
      })
  void bodyThatBreaksOffIsCutForTheClientToo(String beginning) throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  wire.send(beginning);
                  read.await();
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      Wire.Message head = client.send(get("/x")).readHead();
      assertEquals(200, head.status());
      boolean chunked = head.header("Transfer-Encoding").isPresent();
      byte[] start = chunked ? client.readChunk() : client.readBytes(5);
      assertEquals("hello", new String(start, java.nio.charset.StandardCharsets.ISO_8859_1));
      read.countDown();
      assertTrue(client.isClosedByPeer());
    }
  }

  @Test
  void bodyThatIsNotHttpIs400() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream)) {
      for (int i = 0; i < 10; i++) {
        try (Wire client = Wire.to(gateway.port())) {
          client.send("POST /x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab");
          Gateways.await(() -> upstream.connections() > 0);
          client.send("\r\nxyz\r\n");
          Wire.Message answer = client.readAnswer();
          assertEquals(400, answer.status());
          assertTrue(answer.text().startsWith("{\"error\":\"InvalidArgumentError\""));
          assertTrue(client.isClosedByPeer());
        }
      }
      assertEquals(List.of(), upstream.seen());
    }
  }

  @Test
  void upstreamThatBreaksOffInTheMiddleOfABodyIs502() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readHead();
                  wire.readBytes(2);
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\n\r\nab");
      assertJson(502, BROKEN, client.readAnswer());
    }
  }

  @Test
  void answerBeforeTheEndOfTheBodyIsPassedOn() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readHead();
                  wire.readBytes(2);
                  wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                  refused.await();
                  wire.readBytes(2);
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\n\r\nab");
      Wire.Message answer = client.readAnswer();
      assertEquals(413, answer.status());
      assertEquals("big", answer.text());
      refused.countDown();
      client.send("cd");
    }
  }

  @Test
  void clientThatLeavesInTheMiddleOfItsAnswerEndsTheUpstreamsWork() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                  try {
                    while (true) {
                      wire.send(new byte[100_000]);
                    }
                  } catch (IOException e) {
                    ended.countDown();
                  }
                });
        GatewayServer gateway = Gateways.to(upstream)) {
      try (Wire client = Wire.to(gateway.port())) {
        client.send(get("/x")).readHead();
      }
      ended.await();
      assertEquals(1, upstream.connections());
    }
  }

  @Test
  void clientThatLeavesInTheMiddleOfItsBodyEndsTheUpstreamsRequest() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch cut = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readHead();
                  wire.readBytes(2);
                  arrived.countDown();
                  assertThrows(EOFException.class, () -> wire.readBytes(2));
                  cut.countDown();
                });
        GatewayServer gateway = Gateways.to(upstream)) {
      try (Wire client = Wire.to(gateway.port())) {
        client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\n\r\nab");
        arrived.await();
      }
      cut.await();
    }
  }
}
