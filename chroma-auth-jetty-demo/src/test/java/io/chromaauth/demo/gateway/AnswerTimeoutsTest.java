package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.OwnAnswers.LATE;
import static io.chromaauth.demo.gateway.OwnAnswers.assertJson;
import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static io.chromaauth.demo.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswerTimeoutsTest {
  private static GatewayServer impatient(RawUpstream upstream) throws IOException {
    return Gateways.to(
        Gateways.upstream(upstream.url()).withTimeout(Duration.ofMillis(400)), Gateways.OPEN);
  }

  @Test
  void upstreamThatIsSilentIs504AndTheNextRequestIsFine() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  if (requests.incrementAndGet() <= 2) {
                    assertTrue(wire.isClosedByPeer());
                  }
                  wire.send(ok("fine"));
                });
        GatewayServer gateway = impatient(upstream);
        Wire client = Wire.to(gateway.port())) {
      long start = System.nanoTime();
      assertJson(504, LATE, client.send(post("/x", "work")).readAnswer());
      assertTrue(System.nanoTime() - start >= 350_000_000L);
      assertJson(504, LATE, client.send(get("/x")).readAnswer());
      assertEquals("fine", client.send(get("/x")).readAnswer().text());
      assertEquals(3, requests.get());
    }
  }

  @Test
  void slowAnswerThatMakesProgressIsNotCut() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
                  for (int i = 0; i < 10; i++) {
                    Thread.sleep(100);
                    wire.send("" + i);
                  }
                });
        GatewayServer gateway = impatient(upstream)) {
      assertEquals("0123456789", ask(gateway.port(), get("/x")).text());
    }
  }

  @Test
  void slowBodyOfAClientIsNotTheUpstreamsFault() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(request -> ok(request.text()));
        GatewayServer gateway = impatient(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\n\r\n");
      client.send("ab");
      Thread.sleep(900);
      client.send("cd");
      assertEquals("abcd", client.readAnswer().text());
    }
  }

  @Test
  void longThoughtOfTheUpstreamIsNotTheClientsFault() throws Exception {
    GatewayOptions options =
        Gateways.LOOPBACK.withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(1));
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  Thread.sleep(700);
                  wire.send(ok("thought"));
                });
        GatewayServer gateway =
            Gateways.started(options, Gateways.upstream(upstream.url()), Gateways.OPEN)) {
      assertEquals("thought", ask(gateway.port(), post("/x", "y")).text());
    }
  }

  @Test
  void clientThatStopsInItsBodyIs408() throws Exception {
    GatewayOptions options =
        Gateways.LOOPBACK.withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(1));
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway =
            Gateways.started(options, Gateways.upstream(upstream.url()), Gateways.OPEN);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\n\r\nab");
      Wire.Message answer = client.readAnswer();
      assertEquals(408, answer.status());
      assertEquals(
          "{\"error\":\"InvalidArgumentError\","
              + "\"message\":\"The request body did not arrive in time\"}",
          answer.text());
      assertTrue(client.isClosedByPeer());
      assertEquals(List.of(), upstream.seen());
    }
  }

  @Test
  void earlyAnswerOfAnUpstreamThatNeverReadsOnEndsInTime() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readHead();
                  wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                  new CountDownLatch(1).await();
                });
        GatewayServer gateway = impatient(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 100000000\r\n\r\n");
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 1000; i++) {
                    client.send(new byte[100_000]);
                  }
                } catch (IOException e) {
                  // closed by the gateway, as expected
                }
              });
      writer.start();
      assertEquals("big", client.readAnswer().text());
      writer.join(10_000);
      assertFalse(writer.isAlive());
    }
  }
}
