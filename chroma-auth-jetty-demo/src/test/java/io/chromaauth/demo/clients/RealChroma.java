package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real, unmodified Chroma server without authentication, on loopback. */
final class RealChroma implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Duration START = Duration.ofSeconds(90);

  // no upgrade to HTTP/2: the server of 0.6.3 would lose the body
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path log;
  private final int port;
  private final String heartbeat;

  private RealChroma(Process process, Path log, int port, String heartbeat) {
    this.heartbeat = heartbeat;
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts the {@code chroma} of an installed version with its data in a folder. */
  static RealChroma start(String version, Path folder) throws Exception {
    int port = freePort();
    Path log = folder.resolve("chroma-" + port + ".log");
    String chroma = Installed.path("CHROMA_" + version.replace('.', '_'));
    List<String> command = new ArrayList<>(List.of(chroma, "run", "--host", "127.0.0.1"));
    command.addAll(List.of("--port", String.valueOf(port), "--path", folder + "/" + port));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("ANONYMIZED_TELEMETRY", "False");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    String heartbeat = version.startsWith("0.4.") ? "/api/v1/heartbeat" : "/api/v2/heartbeat";
    RealChroma chromaServer = new RealChroma(builder.start(), log, port, heartbeat);
    chromaServer.awaitStart();
    return chromaServer;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Makes a tenant, a database and a collection in it, behind the gateway's back; the id. */
  String collection(String tenant, String database, String name) throws Exception {
    send("POST", "/api/v2/tenants", "{\"name\":\"" + tenant + "\"}");
    String databases = "/api/v2/tenants/" + tenant + "/databases";
    send("POST", databases, "{\"name\":\"" + database + "\"}");
    String path = databases + "/" + database + "/collections";
    HttpResponse<String> made = send("POST", path, "{\"name\":\"" + name + "\"}");
    Matcher id = ID.matcher(made.body());
    assertTrue(id.find(), made.body());
    return id.group(1);
  }

  /** The status of a request, with a body or null. */
  HttpResponse<String> send(String method, String path, @Nullable String body) throws Exception {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }

  private void awaitStart() throws Exception {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      assertTrue(process.isAlive(), "chroma ended: " + Files.readString(log));
      try {
        assertEquals(200, send("GET", heartbeat, null).statusCode());
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(100); // the server tells nobody when it listens
      }
    }
    throw new AssertionError("chroma did not start: " + Files.readString(log));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
