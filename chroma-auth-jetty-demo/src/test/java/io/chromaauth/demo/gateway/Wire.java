package io.chromaauth.demo.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One end of a socket, reading and writing HTTP/1.1 as bytes. */
final class Wire implements AutoCloseable {
  /** A message as it was on the wire, its body without the chunks' frames, a char per byte. */
  record Message(String startLine, List<String> headers, String text) {
    int status() {
      return Integer.parseInt(startLine.substring(9, 12));
    }

    List<String> all(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      List<String> values = new ArrayList<>();
      for (String line : headers) {
        if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
          values.add(line.substring(prefix.length()).trim());
        }
      }
      return values;
    }

    Optional<String> header(String name) {
      return all(name).stream().findFirst();
    }
  }

  private final Socket socket;
  private final InputStream in;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    this.in = new java.io.BufferedInputStream(socket.getInputStream());
  }

  static Wire to(int port) throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** One request on a connection of its own. */
  static Message ask(int port, String request) throws IOException {
    try (Wire wire = to(port)) {
      return wire.send(request).readAnswer(request.startsWith("HEAD "));
    }
  }

  static String get(String target, String... headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: gateway\r\n" + lines(headers) + "\r\n";
  }

  static String post(String target, String body, String... headers) {
    return "POST "
        + target
        + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: "
        + body.length()
        + "\r\n"
        + lines(headers)
        + "\r\n"
        + body;
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.toString();
  }

  Socket socket() {
    return socket;
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  Message readRequest() throws IOException {
    return read(false);
  }

  Message readAnswer() throws IOException {
    return read(false);
  }

  Message readAnswer(boolean toHead) throws IOException {
    return read(toHead);
  }

  /** Start line and headers; the body is still to come. */
  Message readHead() throws IOException {
    String start = readLine();
    List<String> headers = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      headers.add(line);
    }
    return new Message(start, headers, "");
  }

  private Message read(boolean noBody) throws IOException {
    Message head = readHead();
    byte[] body = noBody ? new byte[0] : readBody(head);
    return new Message(head.startLine(), head.headers(), new String(body, ISO_8859_1));
  }

  private byte[] readBody(Message head) throws IOException {
    if (head.header("Transfer-Encoding").isPresent()) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
        all.write(chunk);
      }
      while (!readLine().isEmpty()) {
        // trailers
      }
      return all.toByteArray();
    }
    return readBytes(head.header("Content-Length").map(Integer::parseInt).orElse(0));
  }

  /** A chunk's bytes; the line end after them may come with the next chunk, as Jetty does it. */
  byte[] readChunk() throws IOException {
    String size = readLine();
    if (size.isEmpty()) {
      size = readLine();
    }
    int extension = size.indexOf(';');
    return readBytes(Integer.parseInt(extension < 0 ? size : size.substring(0, extension), 16));
  }

  byte[] readBytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("cut after " + bytes.length + " of " + count);
    }
    return bytes;
  }

  InputStream in() {
    return in;
  }

  /** Whether the other end has closed, cleanly or not, once what it sent has been read. */
  boolean isClosedByPeer() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("after '" + line + "'");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
