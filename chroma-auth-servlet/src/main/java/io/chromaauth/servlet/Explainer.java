package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.ChromaAuth;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Explanation.Outcome;
import io.chromaauth.servlet.Question.OfAction;
import io.chromaauth.servlet.Question.OfRequest;
import io.chromaauth.servlet.Verdict.Refusal;
import io.chromaauth.settings.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what the filter would decide, by the very steps that decide, and asks no application or
 * upstream for it. Thread-safe.
 */
final class Explainer {
  private static final String WHICH_COLLECTION =
      "depends on which collection; ask with TENANT/DATABASE/COLLECTION";

  private final Api api;
  private final BodyStep bodies;
  private final Authorizing authorizing;

  /** Over these paths, by these steps. */
  Explainer(Api api, BodyStep bodies, Authorizing authorizing) {
    this.api = api;
    this.bodies = bodies;
    this.authorizing = authorizing;
  }

  /**
   * What would become of it.
   *
   * @throws IllegalArgumentException if it asks for an action that there is not
   */
  Explanation explain(ChromaAuth.Snapshot snapshot, UserIdentity identity, Question question) {
    Asking asking = new Asking(snapshot, identity);
    return question instanceof OfAction ofAction
        ? explain(ofAction, asking)
        : explain((OfRequest) question, asking);
  }

  private Explanation explain(OfAction question, Asking asking) {
    AuthzAction action = question.action();
    if (!api.actions().contains(action)) {
      List<String> names = api.actions().stream().map(AuthzAction::wireName).toList();
      String near = Nearest.fix(action.wireName(), names);
      throw new IllegalArgumentException(
          "there is no action '" + action + "'" + (near == null ? "" : "; " + near));
    }
    AuthzResource resource = question.resource();
    Decision decision = asking.snapshot().authorize(asking.identity(), action, resource);
    if (decision instanceof Decision.Allowed) {
      return new Explanation(Outcome.ALLOWED, 0, action, decision.rule());
    }
    return isOnCollection(action)
            && resource.collection() == null
            && mayDo(action, asking, resource)
        ? new Explanation(Outcome.DEPENDS, 0, action, WHICH_COLLECTION)
        : new Explanation(Outcome.REFUSED, 403, action, decision.rule());
  }

  private static boolean isOnCollection(AuthzAction action) {
    return action.wireName().startsWith("collection:");
  }

  /** On some collection there, perhaps. */
  private static boolean mayDo(AuthzAction action, Asking asking, AuthzResource within) {
    return asking.snapshot().authorize(asking.identity(), action, within.asPartial())
        instanceof Decision.Allowed;
  }

  private Explanation explain(OfRequest question, Asking asking) {
    SupposedRequest request = SupposedRequest.of(question);
    RequestPath path = RequestPath.parse(request.path());
    if (path.ambiguous()) {
      return refused(Refusal.of(Answer.AMBIGUOUS_PATH, "ambiguous path"));
    }
    RouteTable.Result match = api.routes().match(request.method(), path);
    if (!(match instanceof RouteTable.Found found)) {
      return refused(Decider.noRoute(match, asking.identity()));
    }
    Route route = found.route();
    if (api.publicPaths().open(request.method(), path, route)) {
      return question.body() == null
          ? new Explanation(Outcome.ALLOWED, 0, null, "public path")
          : publicly(route, request);
    }
    if (route.access() != Route.Access.ACTION) {
      return new Explanation(Outcome.ALLOWED, 0, null, "any identity");
    }
    Verdict verdict = decide(question, route, path, request, asking);
    return verdict instanceof Refusal refusal
        ? refused(refusal)
        : allowed(verdict, unsaid(question, route, asking));
  }

  /** Limit and guard hold on a public path too. */
  private Explanation publicly(Route route, SupposedRequest request) {
    try {
      Verdict verdict = bodies.guardPublic(request, route);
      return verdict instanceof Refusal refusal ? refused(refusal) : allowed(verdict, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory throw none
    }
  }

  private Verdict decide(
      OfRequest question, Route route, RequestPath path, SupposedRequest request, Asking asking) {
    Authorizing supposing =
        new Authorizing(
            question.body() == null ? Explainer::unread : authorizing.bodies(),
            authorizing.owners().supposing(question.collection()),
            authorizing.lists().askingNobody(),
            authorizing.overwrites());
    try {
      return supposing.decide(route, path, request, asking);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory throw none
    }
  }

  /** A body that nobody has told: what it would name is left open. */
  private static Verdict unread(
      IncomingRequest request, Route route, ResourceNames names, Asking asking) {
    AuthzResource resource =
        route.body() == Route.Body.TENANT ? names.resource() : names.resource().asPartial();
    return asking.anyOf(route.actions(), resource);
  }

  /** What the answer depends on and the question does not say, or null if it says all. */
  private static @Nullable String unsaid(OfRequest question, Route route, Asking asking) {
    boolean byBody = route.body() != Route.Body.NOTHING && route.body() != Route.Body.TENANT;
    if (byBody && question.body() == null) {
      return "depends on what the body names; ask with a body";
    }
    boolean byId = route.namesId() && asking.isBounded();
    return byId && question.collection() == null
        ? "depends on whose collection the UUID is; ask with a collection"
        : null;
  }

  private static Explanation allowed(Verdict verdict, @Nullable String unsaid) {
    return unsaid == null
        ? new Explanation(Outcome.ALLOWED, 0, verdict.action(), verdict.reason())
        : new Explanation(Outcome.DEPENDS, 0, verdict.action(), unsaid);
  }

  private static Explanation refused(Refusal refusal) {
    return new Explanation(
        Outcome.REFUSED, refusal.answer().status(), refusal.action(), refusal.reason());
  }
}
