package io.chromaauth.demo;

import io.chromaauth.servlet.Explanation;
import io.chromaauth.servlet.Question;
import io.chromaauth.settings.Faults;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what would become of a request or an action, and by which rule. Asks no upstream. */
@Command(
    name = "explain",
    description = "Say what would become of a user's request or action, and by which rule.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "  chroma-auth explain --as user1 GET /api/v2/tenants/acme/databases",
      "  chroma-auth explain --as user1 collection:query acme/prod/docs",
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @ParentCommand
  private Main main;

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Option(names = "--as", paramLabel = "USER", required = true, description = "Who would do it.")
  private String user;

  @Option(names = "--body", paramLabel = "JSON", description = "The request's body.")
  private @Nullable String body;

  @Option(
      names = "--collection",
      paramLabel = "TENANT/DATABASE/NAME",
      description = "Whose collection the UUID of the path is.")
  private @Nullable String collection;

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @Parameters(
      arity = "1..2",
      paramLabel = "METHOD PATH | ACTION [TENANT/DATABASE/NAME]",
      description = "What would be done.")
  private List<String> words;

  @Override
  public Integer call() {
    ServerSettings settings = ServerSettings.of(options.settings(main.process()), new Faults());
    try {
      tell(settings.filter().explain(user, question()));
      return 0;
    } catch (IllegalArgumentException | IllegalStateException e) {
      spec.commandLine().getErr().println("chroma-auth: " + e.getMessage());
      return Failures.MISCONFIGURED;
    } finally {
      settings.filter().destroy();
    }
  }

  private Question question() {
    Question question = Question.parse(String.join(" ", words));
    if (question instanceof Question.OfRequest request) {
      return new Question.OfRequest(
          request.method(),
          request.target(),
          body,
          collection == null ? null : Question.resource(collection));
    }
    if (body != null || collection != null) {
      throw new IllegalArgumentException("--body and --collection go with METHOD PATH");
    }
    return question;
  }

  private void tell(Explanation explanation) {
    PrintWriter out = spec.commandLine().getOut();
    String status = explanation.status() > 0 ? " " + explanation.status() : "";
    out.println(explanation.outcome().name().toLowerCase(Locale.ROOT) + status);
    if (explanation.action() != null) {
      out.println("action: " + explanation.action());
    }
    out.println("rule: " + explanation.rule());
    out.flush();
  }
}
