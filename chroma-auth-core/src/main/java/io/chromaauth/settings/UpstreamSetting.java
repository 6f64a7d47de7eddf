package io.chromaauth.settings;

import io.chromaauth.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Chroma behind, and a header that it wants.
 *
 * @param uri scheme, host, port and perhaps a path without a final slash
 * @param header what to send with each request, asked for each time, or null
 */
public record UpstreamSetting(URI uri, @Nullable Supplier<UpstreamHeader> header) {
  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(1);

  /** What the settings name, or empty if they name none or it is not right. */
  public static Optional<UpstreamSetting> read(Settings settings, Faults faults) {
    SettingReader reader = new SettingReader(settings, faults);
    Optional<URI> uri = reader.text(Names.UPSTREAM).flatMap(text -> uri(text, reader));
    Duration interval = reader.duration(Names.RELOAD_INTERVAL, RELOAD_INTERVAL);
    Place place = Place.of(settings, Names.UPSTREAM_HEADER_FILE);
    Optional<UpstreamHeaderFile> header =
        reader
            .text(Names.UPSTREAM_HEADER_FILE)
            .flatMap(file -> UpstreamHeaderFile.read(file, place, interval, faults));
    return uri.map(u -> new UpstreamSetting(u, header.orElse(null)));
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return Loopback.isHost(uri.getHost());
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  private static Optional<URI> uri(String text, SettingReader reader) {
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getFragment() == null;
      if (http && plain && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // told below, without the text: it may hold a password
    }
    boolean secret = !text.matches("[\\w.:/-]+"); // user info, a query: who knows
    reader.fault(
        Names.UPSTREAM,
        secret ? "something else" : "'" + text + "'",
        "a URL such as http://localhost:8001",
        text.matches("[\\w.-]+(:\\d+)?/?") ? "write http://" + text : null);
    return Optional.empty();
  }
}
