package io.chromaauth.hosts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status 0 if the connection was closed without one
 * @param headers as they were sent, without the status line
 */
public record Reply(int status, List<String> headers, String body) {
  /** No answer. */
  public static final Reply NONE = new Reply(0, List.of(), "");

  public Reply {
    headers = List.copyOf(headers);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).trim())
        .findFirst();
  }

  /** Whether the sample application was called, also by HEAD. */
  public boolean reached() {
    return body.contains("REACHED ") || header("X-Reached").isPresent();
  }

  /** What the sample application says of a property of the request. */
  public String says(String property) {
    String start = property + "=";
    return body.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse("nothing of " + property + " in " + this);
  }
}
