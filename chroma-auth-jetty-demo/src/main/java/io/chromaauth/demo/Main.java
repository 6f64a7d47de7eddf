package io.chromaauth.demo;

import io.chromaauth.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code chroma-auth}: exit code 0, 2 for wrong arguments or settings, else 1. */
@Command(
    name = "chroma-auth",
    description =
        "Authentication and roles for Chroma: before a real server, or with one of its own.",
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
  // in the order of the help
  private static final List<String> COMMANDS =
      List.of("demo", "run", "check", "explain", "hash-password", "new-token", "migrate", "help");

  private final Supplier<Settings> process;

  private Main(Supplier<Settings> process) {
    this.process = process;
  }

  /** A switch and no table of suppliers, which would have every class loaded. */
  private static Object command(String name) {
    return switch (name) {
      case "demo" -> new DemoCommand();
      case "run" -> new RunCommand();
      case "check" -> new CheckCommand();
      case "explain" -> new ExplainCommand();
      case "hash-password" -> new HashPasswordCommand();
      case "new-token" -> new NewTokenCommand();
      case "migrate" -> new MigrateCommand();
      default -> new CommandLine.HelpCommand();
    };
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    ShorterStart.prepare();
    int code = commandLine(Main::ofProcess, args).execute(orHelp(args));
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * The program with the settings of a process.
   *
   * @param args what it will be executed with: to look at all commands takes 0.1 s of a start, so
   *     that one which is named is looked at alone
   */
  static CommandLine commandLine(Supplier<Settings> process, String... args) {
    CommandLine program = new CommandLine(new Main(process));
    boolean oneIsNamed = args.length > 0 && COMMANDS.contains(args[0]) && !args[0].equals("help");
    List<String> commands = oneIsNamed ? List.of(args[0]) : COMMANDS;
    commands.forEach(name -> program.addSubcommand(name, command(name)));
    return program.setExecutionExceptionHandler(new Failures()).setUsageHelpAutoWidth(true);
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
