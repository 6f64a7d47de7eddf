package io.chromaauth.demo;

import io.chromaauth.Settings;
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
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Settings are those of Chroma 0.5 and 0.6, from the environment (docs/settings.md):",
      "  export CHROMA_SERVER_AUTHN_PROVIDER=token",
      "  export CHROMA_SERVER_AUTHN_CREDENTIALS=a-long-random-token",
      "  chroma-auth check",
      "  chroma-auth run --upstream http://localhost:8001"
    })
public final class Main {
  private final Settings process;

  private Main(Settings process) {
    this.process = process;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = commandLine(Settings.ofProcess()).execute(orHelp(args));
    if (code != 0) {
      System.exit(code);
    }
  }

  /** The program with the settings of a process. */
  static CommandLine commandLine(Settings process) {
    return new CommandLine(new Main(process))
        .setExecutionExceptionHandler(new Failures())
        .setUsageHelpAutoWidth(true);
  }

  /** The settings of the process, which go after a command's options. */
  Settings process() {
    return process;
  }

  private static String[] orHelp(String[] args) {
    return args.length == 0 ? new String[] {"--help"} : args;
  }
}
