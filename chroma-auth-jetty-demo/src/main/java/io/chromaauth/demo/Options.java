package io.chromaauth.demo;

import io.chromaauth.Settings;
import io.chromaauth.settings.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that go before settings, the same for every command that reads them. */
final class Options {
  static final String NO_AUTH = "--no-auth";
  static final String PATH = "--path";

  @Option(names = "--host", paramLabel = "HOST", description = "Address to bind (localhost).")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on (8000).")
  private @Nullable String port;

  @Option(names = "--upstream", paramLabel = "URL", description = "The Chroma to guard.")
  private @Nullable String upstream;

  @Option(
      names = PATH,
      paramLabel = "DIR",
      description = "Without an upstream: where the embedded store is (./chroma).")
  private @Nullable String path;

  @Option(names = NO_AUTH, description = "Let everybody in; with no provider configured only.")
  private boolean noAuth;

  /** These options, then the settings of the process. */
  Settings settings(Settings process) {
    return option("--host", ServerSettings.HOST, host)
        .orElse(option("--port", ServerSettings.PORT, port))
        .orElse(option("--upstream", Names.UPSTREAM, upstream))
        .orElse(option(PATH, Backend.FOLDER, path))
        .orElse(option(NO_AUTH, Names.DISABLED, noAuth ? "true" : null))
        .orElse(process);
  }

  /** One option, if it is given, under the name of the setting that it goes before. */
  static Settings option(String name, String setting, @Nullable String value) {
    Map<String, String> values = new LinkedHashMap<>();
    if (value != null) {
      values.put(setting, value);
    }
    return Settings.of(name, values);
  }
}
