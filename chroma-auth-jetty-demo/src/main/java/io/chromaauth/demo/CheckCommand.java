package io.chromaauth.demo;

import io.chromaauth.AuthnResult;
import io.chromaauth.settings.Faults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Verify a password that is asked for, or read from standard input.")
  private @Nullable String user;

  @Override
  public Integer call() throws IOException {
    ServerSettings settings = ServerSettings.of(options.settings(main.process()), new Faults());
    PrintWriter out = spec.commandLine().getOut();
    Banner.lines(settings).forEach(out::println);
    settings.warnings().forEach(w -> out.println("WARNING: " + w));
    if (settings.backend() instanceof Backend.Upstream upstream) {
      UpstreamProbe.look(upstream.setting()).forEach(w -> out.println("WARNING: " + w));
    }
    try {
      if (user != null && !isPassword(user, settings, out)) {
        return Failures.FAILED;
      }
      return policyTests == null ? 0 : test(policyTests, settings, out);
    } finally {
      out.flush();
      settings.filter().destroy();
    }
  }

  private static boolean isPassword(String user, ServerSettings settings, PrintWriter out)
      throws IOException {
    String password = HashPasswordCommand.password("Password for " + user + ": ");
    if (password == null) {
      out.println("password of " + user + ": none given; type one, or pipe it in");
      return false;
    }
    String pair = user + ":" + password;
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    AuthnResult result =
        settings
            .filter()
            .authenticate(
                name -> name.equalsIgnoreCase("Authorization") ? List.of(basic) : List.of());
    boolean right =
        result instanceof AuthnResult.Authenticated authenticated
            && authenticated.identity().userId().equals(user);
    String wrong = result instanceof AuthnResult.NotPresented ? "Basic is not configured" : "wrong";
    out.println("password of " + user + ": " + (right ? "right" : wrong));
    return right;
  }

  private static int test(String file, ServerSettings settings, PrintWriter out) {
    PolicyTests.Result result = PolicyTests.run(file, settings.filter());
    result.failures().forEach(line -> out.println("FAILED: " + line));
    int held = result.count() - result.failures().size();
    out.println("policy tests: " + held + " of " + result.count() + " hold");
    return result.failures().isEmpty() ? 0 : Failures.FAILED;
  }
}
