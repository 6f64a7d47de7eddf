package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StreamingTest {
  private static final int BLOCK = 100_000;
  private static final int BLOCKS = 1_000;
  private static final long SLOW_START_MILLIS = 700;

  @Test
  @Timeout(20)
  void chunkOfAnAnswerIsPassedOnAtOnce() throws Exception {
    SynchronousQueue<String> read = new SynchronousQueue<>();
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  for (String chunk : List.of("a", "b", "c")) {
                    wire.send("1\r\n" + chunk + "\r\n");
                    assertEquals(chunk, read.take());
                  }
                  wire.send("0\r\n\r\n");
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send(get("/x")).readHead();
      for (int i = 0; i < 3; i++) {
        read.put(new String(client.readChunk(), ISO_8859_1));
      }
      assertEquals(0, client.readChunk().length);
    }
  }

  @Test
  @Timeout(20)
  void chunkOfABodyIsPassedOnAtOnce() throws Exception {
    SynchronousQueue<String> arrived = new SynchronousQueue<>();
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readHead();
                  for (int i = 0; i < 3; i++) {
                    arrived.put(new String(wire.readChunk(), ISO_8859_1));
                  }
                  assertEquals(0, wire.readChunk().length);
                  wire.send(ok("all"));
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (String chunk : List.of("a", "b", "c")) {
        client.send("1\r\n" + chunk + "\r\n");
        assertEquals(chunk, arrived.take());
      }
      assertEquals("all", client.send("0\r\n\r\n").readAnswer().text());
    }
  }

  @Test
  @Timeout(60)
  void hundredMegabytesEachWayNeedNoMemory() throws Exception {
    try (RawUpstream upstream = RawUpstream.running(StreamingTest::sumUpOrSend)) {
      Process gateway = startInSmallJvm(upstream);
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(gateway.getInputStream(), StandardCharsets.US_ASCII))) {
        int port = Integer.parseInt(out.readLine());
        assertEquals(sumOfAll(), upload(port));
        assertEquals(sumOfAll(), download(port));

        gateway.getOutputStream().close();
        assertTrue(gateway.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, gateway.exitValue());
      } finally {
        gateway.destroyForcibly();
      }
    }
  }

  /** Less than either body, on the heap and beside it. */
  private static Process startInSmallJvm(RawUpstream upstream) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            GatewayMain.class.getName(),
            upstream.url().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static byte[] block() {
    byte[] block = new byte[BLOCK];
    new Random(7).nextBytes(block);
    return block;
  }

  private static String sumOfAll() {
    CRC32 sum = new CRC32();
    byte[] block = block();
    for (int i = 0; i < BLOCKS; i++) {
      sum.update(block);
    }
    return Long.toHexString(sum.getValue());
  }

  private static String sumOf(Wire wire) throws IOException {
    CRC32 sum = new CRC32();
    for (int i = 0; i < BLOCKS; i++) {
      sum.update(wire.readBytes(BLOCK));
    }
    return Long.toHexString(sum.getValue());
  }

  private static void sendAll(Wire wire) throws IOException {
    byte[] block = block();
    for (int i = 0; i < BLOCKS; i++) {
      wire.send(block);
    }
  }

  private static void sumUpOrSend(Wire wire) throws Exception {
    if (wire.readHead().startLine().startsWith("POST")) {
      Thread.sleep(SLOW_START_MILLIS); // the gateway must hold the client back
      wire.send(ok(sumOf(wire), "Connection: close"));
      return;
    }
    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + BLOCK * BLOCKS + "\r\n\r\n");
    sendAll(wire);
  }

  private static String upload(int port) throws IOException {
    try (Wire client = Wire.to(port)) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: " + BLOCK * BLOCKS + "\r\n\r\n");
      sendAll(client);
      return client.readAnswer().text();
    }
  }

  private static String download(int port) throws Exception {
    try (Wire client = Wire.to(port)) {
      client.send(get("/x"));
      Thread.sleep(SLOW_START_MILLIS); // the gateway must hold the upstream back
      client.readHead();
      return sumOf(client);
    }
  }
}
