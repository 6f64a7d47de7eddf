package io.chromaauth.hosts;

import java.util.List;

/**
 * How a host is started.
 *
 * @param uriMode one of its own, or an empty text for the one it has by itself
 * @param freshThreads whether each request gets a thread that nothing ran on before
 * @param apps the applications in it
 */
public record Setup(String uriMode, boolean freshThreads, List<WebApp> apps) {
  public Setup {
    apps = List.copyOf(apps);
  }

  /** A host as it is, with these applications. */
  public static Setup of(WebApp... apps) {
    return new Setup("", false, List.of(apps));
  }

  /** Reading URIs in another way. */
  public Setup reading(String mode) {
    return new Setup(mode, freshThreads, apps);
  }

  /** With a thread for each request. */
  public Setup onFreshThreads() {
    return new Setup(uriMode, true, apps);
  }
}
