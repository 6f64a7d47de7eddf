package io.chromaauth.hosts;

import io.chromaauth.Settings;
import io.chromaauth.servlet.ChromaAuthFilter;
import java.util.List;
import java.util.Map;

/**
 * A filter of ours in an application.
 *
 * @param settings its own settings
 * @param patterns what it is mapped to
 */
public record Guard(Map<String, String> settings, List<String> patterns) {
  public Guard {
    settings = Map.copyOf(settings);
    patterns = List.copyOf(patterns);
  }

  /** A filter built in code. */
  public ChromaAuthFilter build() {
    return ChromaAuthFilter.builder().settings(Settings.of("test", settings)).build();
  }
}
