package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Verdict.Own;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers {@code POST /auth/can-i}: what an identity may do, about itself, or with {@code
 * system:explain} about another user. From rules and names only.
 */
final class CanI {
  /** Room for a hundred questions with bodies. */
  private static final int LONGEST_BODY = 1 << 20;

  private static final JsonFactory JSON = JsonFactories.plain();
  private static final Answer NO_USER = Answer.error(404, "NotFoundError", "no such user");

  /** Before a file's name, which a colon ends; a folder's own name may hold blanks and commas. */
  private static final Pattern FOLDERS =
      Pattern.compile("(bounds of |, |^(?!bounds of ))(?:[A-Za-z]:)?[^:]*[/\\\\](?=[^/\\\\:]*:)");

  private final BodyStep bodies;
  private final Authorizing steps;
  private final BodyReader reader;

  CanI(BodyStep bodies, Authorizing steps, int inspectLimit) {
    this.bodies = bodies;
    this.steps = steps;
    this.reader = new BodyReader(Math.min(inspectLimit, LONGEST_BODY));
  }

  Verdict answer(IncomingRequest request, Asking asking, Api api) throws IOException {
    BodyReader.Result result = reader.read(request);
    if (result instanceof BodyReader.Unread unread) {
      return refusal(unread.answer(), unread.reason(), asking);
    }
    try {
      return answer(
          CanIQuestions.parse(((BodyReader.Read) result).bytes()),
          asking,
          new Explainer(api, bodies, steps));
    } catch (IllegalArgumentException e) {
      return refusal(
          Answer.badRequest(String.valueOf(e.getMessage())), "malformed question", asking);
    }
  }

  private Verdict answer(CanIQuestions questions, Asking asking, Explainer explainer)
      throws IOException {
    String other = questions.as();
    if (other == null || other.equals(asking.identity().userId())) {
      return explained(questions, asking.identity(), asking, explainer);
    }
    Verdict allowed = asking.about(AuthzAction.EXPLAIN, AuthzResource.NONE);
    if (!(allowed instanceof Pass)) {
      return allowed;
    }
    Optional<UserIdentity> user = asking.snapshot().identity(other);
    return user.isEmpty()
        ? refusal(NO_USER, "no such user", asking)
        : explained(questions, user.get(), asking, explainer);
  }

  private static Own explained(
      CanIQuestions questions, UserIdentity about, Asking asking, Explainer explainer)
      throws IOException {
    List<Explanation> explanations = new ArrayList<>();
    for (Question question : questions.questions()) {
      explanations.add(explainer.explain(asking.snapshot(), about, question));
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("user_id", about.userId());
      if (questions.many()) {
        json.writeArrayFieldStart("answers");
        for (Explanation explanation : explanations) {
          json.writeStartObject();
          write(json, explanation);
          json.writeEndObject();
        }
        json.writeEndArray();
      } else {
        write(json, explanations.get(0));
      }
      json.writeEndObject();
    }
    return new Own(asking.identity(), null, "can-i about " + about.userId(), text.toString());
  }

  private static void write(JsonGenerator json, Explanation explanation) throws IOException {
    json.writeStringField("decision", explanation.outcome().name().toLowerCase(Locale.ROOT));
    AuthzAction action = explanation.action();
    if (action != null) {
      json.writeStringField("action", action.wireName());
    }
    if (explanation.status() > 0) {
      json.writeNumberField("status", explanation.status());
    }
    json.writeStringField("rule", withoutFolders(explanation.rule()));
  }

  /** Where on the server a file lies is nobody's business. */
  private static String withoutFolders(String rule) {
    return FOLDERS.matcher(rule).replaceAll("$1");
  }

  private static Refusal refusal(Answer answer, String reason, Asking asking) {
    return new Refusal(answer, asking.identity(), null, reason);
  }
}
