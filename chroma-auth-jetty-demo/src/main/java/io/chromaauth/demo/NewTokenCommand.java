package io.chromaauth.demo;

import io.chromaauth.authn.TokenForm;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.commons.codec.digest.DigestUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token, and what stores it hashed. */
@Command(
    name = "new-token",
    description = "Make a random token for a user, and the YAML that stores it hashed.",
    mixinStandardHelpOptions = true)
final class NewTokenCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Parameters(paramLabel = "USER", description = "Whose token it is.")
  private String user;

  @Override
  public Integer call() {
    String token = TokenForm.random();
    PrintWriter out = spec.commandLine().getOut();
    out.println(token);
    out.println("# the line above is the token, shown this once; the file holds only its SHA-256:");
    out.println("users:");
    out.println("  - id: " + Yaml.quoted(user));
    out.println("    tokens: [\"sha256:" + DigestUtils.sha256Hex(token) + "\"]");
    out.flush();
    return 0;
  }
}
