package io.chromaauth.hosts;

import java.util.List;

/**
 * How a host is started.
 *
 * @param uriMode one of its own, or an empty text for the one it has by itself
 * @param apps the applications in it
 */
public record Setup(String uriMode, List<WebApp> apps) {
  public Setup {
    apps = List.copyOf(apps);
  }

  /** A host as it is, with these applications. */
  public static Setup of(WebApp... apps) {
    return new Setup("", List.of(apps));
  }
}
