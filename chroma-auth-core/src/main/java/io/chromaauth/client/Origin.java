package io.chromaauth.client;

import io.chromaauth.ConfigException;
import io.chromaauth.ConfigException.Fault;
import io.chromaauth.settings.Loopback;
import java.net.URI;
import java.util.Locale;

/** Scheme, host and port of a URL: whom credentials are for. */
record Origin(String scheme, String host, int port) {
  /**
   * The origin of a URL.
   *
   * @throws ConfigException if it is not one of HTTP or HTTPS
   */
  static Origin of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean https = scheme.equals("https");
    if (uri.getHost() == null || (!https && !scheme.equals("http"))) {
      // without its text: it may hold a password
      throw fault(
          "Chroma's URL",
          "something else",
          "such as https://chroma.example",
          "begin with https://");
    }
    int port = uri.getPort() == -1 ? (https ? 443 : 80) : uri.getPort();
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  /**
   * Makes sure that nobody on the way can read what is sent there.
   *
   * @param fix what else the caller can do
   * @throws ConfigException if it is plain HTTP to another machine
   */
  void requireProtected(String fix) {
    if (scheme.equals("http") && !Loopback.isHost(host)) {
      throw fault(toString(), "credentials by plain HTTP", "HTTPS to another machine", fix);
    }
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }

  private static ConfigException fault(String where, String found, String expected, String fix) {
    return new ConfigException(new Fault(where, 0, null, found, expected, fix));
  }
}
