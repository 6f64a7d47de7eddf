package io.chromaauth.hosts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A request in HTTP/1.1, as it is sent.
 *
 * @param target sent as it is, whatever it holds
 * @param headers whole lines
 */
public record Ask(String method, String target, List<String> headers, String body) {
  public Ask {
    headers = List.copyOf(headers);
  }

  /** A GET. */
  public static Ask get(String target) {
    return of("GET", target);
  }

  /** A POST of this JSON. */
  public static Ask post(String target, String json) {
    return new Ask("POST", target, List.of("Content-Type: application/json"), json);
  }

  /** A request without a body. */
  public static Ask of(String method, String target) {
    return new Ask(method, target, List.of(), "");
  }

  /** With the token of a user. */
  public Ask as(String user) {
    return header("Authorization: Bearer " + user + "-token");
  }

  /** With a password. */
  public Ask basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return header("Authorization: Basic " + Base64.getEncoder().encodeToString(both));
  }

  /** Telling the sample application what to do. */
  public Ask ordering(String order) {
    return header("X-Do: " + order);
  }

  /** With one more header line. */
  public Ask header(String line) {
    List<String> more = new ArrayList<>(headers);
    more.add(line);
    return new Ask(method, target, more, body);
  }

  /** The bytes of all of it. */
  byte[] bytes(int port) {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    text.append("Host: 127.0.0.1:").append(port).append("\r\n");
    headers.forEach(line -> text.append(line).append("\r\n"));
    boolean counts = headers.stream().noneMatch(line -> line.startsWith("Transfer-Encoding"));
    if (counts && !body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      text.append("Content-Length: ").append(length).append("\r\n");
    }
    return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
  }
}
