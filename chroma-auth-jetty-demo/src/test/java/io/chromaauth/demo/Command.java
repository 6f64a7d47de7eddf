package io.chromaauth.demo;

import io.chromaauth.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs a command of the program in this process. */
final class Command {
  private Command() {}

  /** With this environment; a token that is not empty is the credentials. */
  static Outcome run(Map<String, String> environment, String token, String... args) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    if (!token.isEmpty()) {
      all.put("CHROMA_SERVER_AUTHN_CREDENTIALS", token);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program = Main.commandLine(() -> Settings.of("environment", all), args);
    for (CommandLine command : withSubcommands(program)) {
      command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }
    int code = program.execute(args);
    return new Outcome(code, out.toString(), err.toString());
  }

  private static List<CommandLine> withSubcommands(CommandLine program) {
    List<CommandLine> all = new ArrayList<>(program.getSubcommands().values());
    all.add(program);
    return all;
  }

  /** How it ended and what it printed. */
  record Outcome(int code, String out, String err) {}
}
