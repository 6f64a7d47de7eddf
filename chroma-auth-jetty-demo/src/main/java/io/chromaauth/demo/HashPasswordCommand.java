package io.chromaauth.demo;

import io.chromaauth.Secret;
import io.chromaauth.authn.HtpasswdLine;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes a line of htpasswd. The password comes from a prompt or standard input, never an argument.
 */
@Command(
    name = "hash-password",
    description = "Print an htpasswd line; the password is asked for, or read from standard input.",
    mixinStandardHelpOptions = true)
final class HashPasswordCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Parameters(paramLabel = "USER", description = "Whose password it is.")
  private String user;

  @Option(
      names = "--cost",
      paramLabel = "4..16",
      defaultValue = "10",
      description = "Rounds of bcrypt, as a power of two (${DEFAULT-VALUE}).")
  private int cost;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    String password = password("Password for " + user + ": ");
    if (password == null) {
      err.println("chroma-auth: no password; type one, or pipe it in");
      return Failures.MISCONFIGURED;
    }
    try {
      spec.commandLine().getOut().println(HtpasswdLine.of(user, Secret.of(password), cost));
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("chroma-auth: " + e.getMessage());
      return Failures.MISCONFIGURED;
    }
  }

  /** What is typed at a prompt, or the first line of standard input; null for nothing. */
  static @Nullable String password(String prompt) throws IOException {
    Console console = console();
    if (console == null) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .readLine();
    }
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null) {
      return null;
    }
    String password = String.valueOf(typed);
    Arrays.fill(typed, ' ');
    return password;
  }

  /** Where somebody types; null where the input comes from elsewhere. */
  @SuppressWarnings("SystemConsoleNull") // not null from JDK 22 on: then it is asked
  private static @Nullable Console console() {
    Console console = System.console();
    try {
      boolean terminal =
          console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
      return terminal ? console : null;
    } catch (ReflectiveOperationException e) {
      return console; // before JDK 22 there is one only where somebody types
    }
  }
}
