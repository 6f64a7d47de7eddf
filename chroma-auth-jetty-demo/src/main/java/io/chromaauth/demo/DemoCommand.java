package io.chromaauth.demo;

import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The first two minutes: a secured Chroma with users of its own, and lines to paste. */
@Command(
    name = "demo",
    description = "Serve a secured Chroma API with sample users; nothing else is needed.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--host", paramLabel = "HOST", description = "Address to bind (localhost).")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on (8000).")
  private @Nullable String port;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      defaultValue = "chroma-auth-demo",
      description = "Where users, tokens and data are kept (${DEFAULT-VALUE}).")
  private Path path = Path.of("chroma-auth-demo");

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    DemoFolder folder = open();
    ServerSettings settings = ServerSettings.of(settings(folder), new Faults());
    PrintWriter out = spec.commandLine().getOut();
    Serving.serve(
        settings,
        listening -> {
          DemoLines.of(folder, settings.host(), listening).forEach(out::println);
          out.flush();
        });
    return 0;
  }

  private DemoFolder open() throws IOException {
    try {
      return DemoFolder.open(path);
    } catch (FileSystemException e) {
      throw FolderFault.of(Place.of(Options.PATH + " " + path), e);
    }
  }

  /** The demo's own and no others: what the environment says is for run. */
  private Settings settings(DemoFolder folder) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(Names.AUTHN_PROVIDER, "token");
    values.put(Names.AUTHN_CREDENTIALS_FILE, folder.users().toString());
    values.put(Names.AUTHZ_PROVIDER, "simple_rbac");
    values.put(Names.AUTHZ_CONFIG_FILE, folder.roles().toString());
    return Options.option("--host", ServerSettings.HOST, host)
        .orElse(Options.option("--port", ServerSettings.PORT, port))
        .orElse(Options.option(Options.PATH, Backend.FOLDER, folder.data().toString()))
        .orElse(Settings.of("demo", values));
  }
}
