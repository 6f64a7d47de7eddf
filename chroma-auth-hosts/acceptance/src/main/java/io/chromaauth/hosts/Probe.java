package io.chromaauth.hosts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of the corpus: a request in bytes, and which statuses are right for whom.
 *
 * @param headers whole lines
 * @param stranger right without credentials
 * @param mallory right for a known user who may do nothing there
 */
record Probe(
    String name,
    String method,
    String target,
    List<String> headers,
    Set<Integer> stranger,
    Set<Integer> mallory) {
  private static final String CORPUS = "/io/chromaauth/hosts/corpus.txt";

  /** Stands for a request without a version. */
  private static final String OLDEST = "HTTP09";

  /** All lines. */
  static List<Probe> corpus() {
    try (InputStream in = Objects.requireNonNull(Probe.class.getResourceAsStream(CORPUS))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Probe::parse)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The last three columns hold no bar; the target may. */
  private static Probe parse(String line) {
    int name = line.indexOf('|');
    int mallory = line.lastIndexOf('|');
    int stranger = line.lastIndexOf('|', mallory - 1);
    int headers = line.lastIndexOf('|', stranger - 1);
    String request = line.substring(name + 1, headers).strip();
    int space = request.indexOf(' ');
    String more = line.substring(headers + 1, stranger).strip();
    return new Probe(
        line.substring(0, name).strip(),
        request.substring(0, space),
        unescaped(request.substring(space + 1)),
        more.isEmpty() ? List.of() : List.of(more),
        statuses(line.substring(stranger + 1, mallory)),
        statuses(line.substring(mallory + 1)));
  }

  private static Set<Integer> statuses(String column) {
    return Arrays.stream(column.strip().split(" "))
        .map(Integer::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        plain.append(c);
      } else if (text.charAt(i + 1) == 'x') {
        plain.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        plain.append('\\');
        i++;
      }
    }
    return plain.toString();
  }

  /** What this host answers, with these credentials or an empty text. */
  Reply send(int port, String credentials) throws IOException {
    List<String> lines = new ArrayList<>(headers);
    if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
      lines.add("Host: 127.0.0.1:" + port);
    }
    if (!credentials.isEmpty()) {
      lines.add(credentials);
    }
    lines.add("Connection: close");
    lines.add("Content-Length: 0");
    String head =
        method.equals(OLDEST)
            ? "GET " + target + "\r\n"
            : method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    try (Wire wire = new Wire(port)) {
      wire.send(head);
      if (method.equals(OLDEST)) {
        wire.end();
      }
      return wire.read(method.equals("HEAD"));
    }
  }

  /** Whether somebody may be let through. */
  boolean opens(Set<Integer> statuses) {
    return statuses.contains(200);
  }

  @Override
  public String toString() {
    return name;
  }
}
