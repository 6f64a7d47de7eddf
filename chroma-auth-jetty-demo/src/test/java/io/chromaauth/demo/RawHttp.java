package io.chromaauth.demo;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 byte for byte: ordinary clients refuse to send what attackers do. */
final class RawHttp {
  private static final int PATIENCE_MS = 20_000;

  private RawHttp() {}

  /** The whole answer to one request, after which the connection is closed. */
  static Reply send(URI server, String requestLine, String headers, String body)
      throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      String head =
          requestLine
              + " HTTP/1.1\r\nHost: "
              + server.getAuthority()
              + "\r\nConnection: close\r\n"
              + (headers.isEmpty() ? "" : headers + "\r\n")
              + (length == 0 ? "" : "Content-Length: " + length + "\r\n")
              + "\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Reply.parse(all);
    }
  }

  /**
   * An answer.
   *
   * @param head status line and header fields as sent
   */
  record Reply(int status, String head, String body) {
    static Reply parse(String all) {
      int end = all.indexOf("\r\n\r\n");
      if (end < 0) {
        return new Reply(0, all, "");
      }
      String head = all.substring(0, end);
      return new Reply(Integer.parseInt(head.substring(9, 12)), head, all.substring(end + 4));
    }
  }
}
