package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static io.chromaauth.demo.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void answersNeverMeetAnotherRequest() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(request -> ok(request.startLine() + request.text()));
        GatewayServer gateway = Gateways.to(upstream)) {
      List<Callable<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String name = "/c" + i;
        clients.add(() -> manyRequests(gateway.port(), name));
      }
      runAll(clients);
    }
  }

  private static Void manyRequests(int port, String name) throws IOException {
    try (Wire client = Wire.to(port)) {
      for (int i = 0; i < 200; i++) {
        String path = name + "/" + i;
        String body = i % 3 == 0 ? "x".repeat(i * 100) : "";
        String request = i % 3 == 0 ? post(path, body) : get(path);
        String method = i % 3 == 0 ? "POST " : "GET ";
        assertEquals(method + path + " HTTP/1.1" + body, client.send(request).readAnswer().text());
      }
    }
    return null;
  }

  @Test
  void clientsThatLeaveLeaveNothingBehind() throws Exception {
    String large = ok("y".repeat(2_000_000));
    try (RawUpstream upstream = RawUpstream.answering(large);
        GatewayServer gateway = Gateways.to(upstream)) {
      List<Callable<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Random random = new Random(i);
        clients.add(() -> manyDepartures(gateway.port(), random));
      }
      runAll(clients);
      // more than the 256 connections of the pool have been used up if any was lost
      assertEquals(200, ask(gateway.port(), get("/x")).status());
      assertTrue(upstream.connections() > 256, "connections: " + upstream.connections());
    }
  }

  private static Void manyDepartures(int port, Random random) throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Wire client = Wire.to(port)) {
        if (random.nextBoolean()) {
          client.send(get("/x"));
          client.readBytes(1 + random.nextInt(300_000));
        } else {
          client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 1000000\r\n\r\n");
          client.send(new byte[random.nextInt(900_000)]);
        }
        client.socket().setSoLinger(random.nextBoolean(), 0);
      }
    }
    return null;
  }

  private static void runAll(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
