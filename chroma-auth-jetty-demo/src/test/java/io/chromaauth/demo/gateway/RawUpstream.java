package io.chromaauth.demo.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server on a free loopback port that does exactly what a test says. */
final class RawUpstream implements AutoCloseable {
  /** What is done with one connection, which is closed afterwards. */
  interface Script {
    void run(Wire wire) throws Exception;
  }

  private final ServerSocket listener;
  private final Script script;
  private final Thread acceptor;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Wire.Message> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private RawUpstream(int port, Script script) throws IOException {
    this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    this.acceptor = new Thread(this::accept, "upstream");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static RawUpstream running(Script script) throws IOException {
    return new RawUpstream(0, script);
  }

  /** Answers every request of every connection with this text, and remembers the request. */
  static RawUpstream answering(String answer) throws IOException {
    return answering(0, request -> answer);
  }

  static RawUpstream answeringAt(int port, String answer) throws IOException {
    return answering(port, request -> answer);
  }

  static RawUpstream answering(Function<Wire.Message, String> answer) throws IOException {
    return answering(0, answer);
  }

  private static RawUpstream answering(int port, Function<Wire.Message, String> answer)
      throws IOException {
    RawUpstream[] self = new RawUpstream[1];
    self[0] =
        new RawUpstream(
            port,
            wire -> {
              while (true) {
                Wire.Message request = wire.readRequest();
                self[0].seen.add(request);
                wire.send(answer.apply(request));
              }
            });
    return self[0];
  }

  /** A complete 200 with this body. */
  static String ok(String body, String... headers) {
    StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "upstream-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (Wire wire = new Wire(socket)) {
      script.run(wire);
    } catch (Exception e) {
      // the gateway closed, or the test is over
    } finally {
      open.remove(socket);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int connections() {
    return connections.get();
  }

  List<Wire.Message> seen() {
    return seen;
  }

  /** The only request seen. */
  Wire.Message only() {
    if (seen.size() != 1) {
      throw new AssertionError("seen: " + seen);
    }
    return seen.get(0);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      acceptor.join(10_000); // only then the kernel refuses connections
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }
}
