package io.chromaauth.demo;

import io.chromaauth.ChromaAuth;
import java.util.ArrayList;
import java.util.List;

/** What a start tells about itself. */
final class Banner {
  private Banner() {}

  /** One line for each thing worth knowing; no secrets. */
  static List<String> lines(ServerSettings settings) {
    ChromaAuth.Summary summary = settings.filter().summary();
    List<String> lines = new ArrayList<>();
    lines.add("chroma-auth " + Version.text());
    lines.addAll(summary.details());
    lines.add("listen: http://" + settings.host() + ":" + settings.port());
    lines.add(settings.backend().toString());
    if (!settings.corsOrigins().isEmpty()) {
      lines.add("browsers' origins: " + String.join(", ", settings.corsOrigins()));
    }
    return lines;
  }
}
