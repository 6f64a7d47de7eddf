package io.chromaauth.hosts;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection on which anything can be said: ordinary clients refuse to send what matters here.
 */
public final class Wire implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private final InputStream in;
  private final int port;

  public Wire(int port) throws IOException {
    this.port = port;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** The answer to one request on a connection of its own. */
  public static Reply ask(int port, Ask request) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(request.header("Connection: close"));
      return wire.read(request.method().equals("HEAD"));
    }
  }

  /** Sends a request. */
  public void send(Ask request) throws IOException {
    send(request.bytes(port));
  }

  /** Sends these bytes. */
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends these characters, of which none is above 255. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says that nothing more will be said. */
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  /** The next answer that is no interim one, or none if the connection ends instead. */
  public Reply read(boolean head) throws IOException {
    Reply reply = next(head);
    return reply.status() >= 100 && reply.status() < 200 ? read(head) : reply;
  }

  /** The next answer, interim ones too. */
  public Reply next(boolean head) throws IOException {
    try {
      String status = line();
      List<String> headers = new ArrayList<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        headers.add(line);
      }
      Reply bare = new Reply(Integer.parseInt(status.substring(9, 12)), headers, "");
      String body = head || bare.status() < 200 ? "" : body(bare);
      return new Reply(bare.status(), headers, body);
    } catch (EOFException | SocketException e) {
      return Reply.NONE;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String body(Reply bare) throws IOException {
    if (bare.header("Transfer-Encoding").isPresent()) {
      return chunks();
    }
    byte[] bytes =
        bare.header("Content-Length").isPresent()
            ? in.readNBytes(Integer.parseInt(bare.header("Content-Length").get()))
            : bare.status() == 204 || bare.status() == 304 ? new byte[0] : in.readAllBytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size = Integer.parseInt(line().trim(), 16);
    while (size > 0) {
      all.write(in.readNBytes(size));
      line();
      size = Integer.parseInt(line().trim(), 16);
    }
    line();
    return all.toString(StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
