package io.chromaauth.settings;

import io.chromaauth.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Chroma behind, and a header that it wants. Prints no header.
 *
 * @param uri scheme, host, port and perhaps a path without a final slash
 * @param headerName the header's name, or null
 * @param headerValue the header's value, or null
 */
public record UpstreamSetting(URI uri, @Nullable String headerName, @Nullable String headerValue) {
  private static final Pattern HEADER =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x21-\\x7E](?:[\\x20-\\x7E]*[\\x21-\\x7E])?)[ \\t]*");

  /** What the settings name, or empty if they name none or it is not right. */
  public static Optional<UpstreamSetting> read(Settings settings, Faults faults) {
    SettingReader reader = new SettingReader(settings, faults);
    Optional<URI> uri = reader.text(Names.UPSTREAM).flatMap(text -> uri(text, reader));
    Optional<Matcher> header =
        reader.text(Names.UPSTREAM_HEADER_FILE).flatMap(file -> header(file, settings, faults));
    return uri.map(
        u ->
            new UpstreamSetting(
                u,
                header.map(m -> m.group(1)).orElse(null),
                header.map(m -> m.group(2)).orElse(null)));
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

  private static Optional<Matcher> header(String file, Settings settings, Faults faults) {
    Optional<String> text =
        TextFile.read(file, Place.of(settings, Names.UPSTREAM_HEADER_FILE), faults);
    Optional<Matcher> header =
        text.map(line -> HEADER.matcher(line.stripTrailing())).filter(Matcher::matches);
    if (text.isPresent() && header.isEmpty()) {
      faults.add(Place.of(file), "something else", "one line, Name: value", null);
    }
    return header;
  }
}
