package io.chromaauth.demo;

import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads old configuration and prints what it should be now, and what was risky about it. */
@Command(
    name = "migrate",
    description =
        "Read an old .env, compose file, rules or token users, and print them as they should be.",
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Old files; nothing is changed.")
  private List<String> files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Faults faults = new Faults();
    for (String file : files) {
      TextFile.read(file, Place.of("migrate"), faults)
          .map(text -> Migration.of(file, text, faults))
          .ifPresent(lines -> lines.forEach(out::println));
    }
    out.flush();
    faults.throwIfAny();
    return 0;
  }
}
