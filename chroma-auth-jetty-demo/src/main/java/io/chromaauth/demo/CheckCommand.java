package io.chromaauth.demo;

import io.chromaauth.settings.Faults;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Reads the settings as {@code run} would and tells what they come to. */
@Command(
    name = "check",
    description = "Read the settings, tell what they come to or all that is wrong with them.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @ParentCommand
  private Main main;

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    ServerSettings settings = ServerSettings.of(options.settings(main.process()), new Faults());
    PrintWriter out = spec.commandLine().getOut();
    Banner.lines(settings).forEach(out::println);
    settings.warnings().forEach(w -> out.println("WARNING: " + w));
    out.flush();
    settings.filter().destroy();
    return 0;
  }
}
