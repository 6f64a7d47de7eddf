package io.chromaauth.demo;

import io.chromaauth.Settings;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code chroma-auth}: exit code 0, 2 for wrong arguments or settings, else 1. */
@Command(
    name = "chroma-auth",
    description =
        "Authentication and roles for Chroma: before a real server, or with one of its own.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      HashPasswordCommand.class,
      NewTokenCommand.class,
      MigrateCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Settings are those of Chroma 0.4 to 0.6, from the environment and .env (docs/settings.md):",
      "  export CHROMA_SERVER_AUTHN_PROVIDER=token",
      "  export CHROMA_SERVER_AUTHN_CREDENTIALS=a-long-random-token",
      "  chroma-auth check",
      "  chroma-auth run --upstream http://localhost:8001"
    })
public final class Main {
  private final Supplier<Settings> process;

  private Main(Supplier<Settings> process) {
    this.process = process;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = commandLine(Main::ofProcess).execute(orHelp(args));
    if (code != 0) {
      System.exit(code);
    }
  }

  /** The program with the settings of a process. */
  static CommandLine commandLine(Supplier<Settings> process) {
    return new CommandLine(new Main(process))
        .setExecutionExceptionHandler(new Failures())
        .setUsageHelpAutoWidth(true);
  }

  /** The settings of the process, which go after a command's options. */
  Settings process() {
    return process.get();
  }

  /** What a command that needs no settings must not stumble over is read only when asked for. */
  private static Settings ofProcess() {
    return Settings.ofProcess().orElse(DotEnv.read(Path.of(".env")));
  }

  private static String[] orHelp(String[] args) {
    return args.length == 0 ? new String[] {"--help"} : args;
  }
}
