package io.chromaauth.demo.gateway;

import io.chromaauth.settings.UpstreamHeader;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway forwards to, and what it hides on the way. Immutable.
 *
 * @param url {@code http} or {@code https}, host, optional port and path; the path becomes the
 *     prefix of every forwarded path
 * @param timeout how long the upstream may neither take nor give a byte while it is its turn: a
 *     long upload or download that makes progress is never cut; more than zero
 * @param credentialHeaders names of headers that are never forwarded, in any case
 * @param header set on every forwarded request in place of the client's own, asked for each time,
 *     or null
 */
public record UpstreamOptions(
    URI url,
    Duration timeout,
    Set<String> credentialHeaders,
    @Nullable Supplier<UpstreamHeader> header) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** Refuses a URL that is more or less than scheme, host, port and path. */
  public UpstreamOptions {
    if (url.getScheme() == null
        || !SCHEMES.contains(url.getScheme())
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the upstream's URL must be http://HOST[:PORT][/PATH] or https://...");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("the upstream's time-out must be more than 0");
    }
    credentialHeaders = Set.copyOf(credentialHeaders);
  }

  /** An upstream with a time-out of 60 s, no hidden headers and none of its own. */
  public static UpstreamOptions of(URI url) {
    return new UpstreamOptions(url, DEFAULT_TIMEOUT, Set.of(), null);
  }

  /** The same with another time-out. */
  public UpstreamOptions withTimeout(Duration timeout) {
    return new UpstreamOptions(url, timeout, credentialHeaders, header);
  }

  /** The same, hiding these headers; replaces earlier ones. */
  public UpstreamOptions withCredentialHeaders(Set<String> names) {
    return new UpstreamOptions(url, timeout, names, header);
  }

  /** The same, with this header on every forwarded request. */
  public UpstreamOptions withHeader(@Nullable Supplier<UpstreamHeader> wanted) {
    return new UpstreamOptions(url, timeout, credentialHeaders, wanted);
  }

  boolean isTls() {
    return url.getScheme().equals("https");
  }

  /** What stands before every forwarded path: the URL's path without its last slash. */
  String pathPrefix() {
    String path = url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Scheme, host and port as they stand at the beginning of an absolute URL. */
  String origin() {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
