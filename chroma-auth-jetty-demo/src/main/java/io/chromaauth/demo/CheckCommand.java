package io.chromaauth.demo;

import io.chromaauth.settings.Faults;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--policy-tests",
      paramLabel = "FILE",
      description = "Run a team's own tests of its rules: exit code 1 if one does not hold.")
  private @Nullable String policyTests;

  @Override
  public Integer call() {
    ServerSettings settings = ServerSettings.of(options.settings(main.process()), new Faults());
    PrintWriter out = spec.commandLine().getOut();
    Banner.lines(settings).forEach(out::println);
    settings.warnings().forEach(w -> out.println("WARNING: " + w));
    try {
      return policyTests == null ? 0 : test(policyTests, settings, out);
    } finally {
      out.flush();
      settings.filter().destroy();
    }
  }

  private static int test(String file, ServerSettings settings, PrintWriter out) {
    PolicyTests.Result result = PolicyTests.run(file, settings.filter());
    result.failures().forEach(line -> out.println("FAILED: " + line));
    int held = result.count() - result.failures().size();
    out.println("policy tests: " + held + " of " + result.count() + " hold");
    return result.failures().isEmpty() ? 0 : Failures.FAILED;
  }
}
