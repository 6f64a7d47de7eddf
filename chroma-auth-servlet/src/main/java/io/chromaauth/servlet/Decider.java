package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.io.IOException;
import java.util.List;

/**
 * The way of one request, step by step; each step ends it or hands on what it found. Does no I/O
 * but for a body that names something and an owner that is not known yet. Thread-safe.
 */
final class Decider {
  private final LiveRules live;
  private final CrossSite crossSite;
  private final Challenges challenges;
  private final WrongKinds wrongKinds;
  private final BodyStep bodies;
  private final Authorizing authorizing;
  private final CanI canI;

  Decider(LiveRules live, FilterSettings settings, BodyStep bodies, Authorizing steps) {
    List<String> asked = live.now().snapshot().challenges(); // no reload changes them
    this.live = live;
    this.crossSite = new CrossSite(settings.allowedOrigins());
    this.challenges = new Challenges(asked, settings.native06());
    this.wrongKinds = new WrongKinds(asked);
    this.bodies = bodies;
    this.authorizing = steps;
    this.canI = new CanI(bodies, steps, settings.inspectLimit());
  }

  /** What becomes of the request. */
  Verdict decide(IncomingRequest request) throws IOException {
    if (crossSite.refuses(request)) {
      return Refusal.of(Answer.FORBIDDEN, "a browser's cross-site request");
    }
    RequestPath path = RequestPath.parse(request.path());
    if (path.ambiguous()) {
      return Refusal.of(Answer.AMBIGUOUS_PATH, "ambiguous path");
    }
    LiveRules.Rules rules = live.now();
    RouteTable.Result match = rules.api().routes().match(request.method(), path);
    if (match instanceof RouteTable.Found found
        && rules.api().publicPaths().open(request.method(), path, found.route())) {
      return bodies.guardPublic(request, found.route());
    }
    AuthnResult result = rules.snapshot().authenticate(request);
    if (!(result instanceof AuthnResult.Authenticated authenticated)) {
      return stranger(result, request);
    }
    if (crossSite.refuses(request, authenticated.identity())) {
      return Refusal.of(Answer.FORBIDDEN, "a browser's cross-site request without a token");
    }
    Asking asking = new Asking(rules.snapshot(), authenticated.identity());
    if (!(match instanceof RouteTable.Found found)) {
      return noRoute(match, asking.identity());
    }
    Route route = found.route();
    return switch (route.access()) {
      case WHO_AM_I -> WhoAmI.answer(asking.identity());
      case CAN_I -> canI.answer(request, asking, rules.api());
      case ACTION -> authorizing.decide(route, path, request, asking);
      case PUBLIC, IDENTITY, HOST_PUBLIC -> Pass.of(asking.identity(), null, "any identity");
    };
  }

  /** The refusal of a known identity's request that no route is for. */
  static Refusal noRoute(RouteTable.Result match, UserIdentity identity) {
    Answer answer =
        match instanceof RouteTable.WrongMethod wrong
            ? Answer.wrongMethod(wrong.allow())
            : Answer.NO_ROUTE;
    return new Refusal(answer, identity, null, "not a route of the Chroma API");
  }

  /** The refusal of whoever is not known. */
  Refusal stranger(AuthnResult result, IncomingRequest request) {
    if (result instanceof AuthnResult.Refused refused) {
      Answer answer =
          switch (refused.cause()) {
            case WRONG -> challenges.answer(request);
            case AMBIGUOUS -> Answer.TWO_CREDENTIALS;
            case UNAVAILABLE -> Answer.UNAVAILABLE;
          };
      return Refusal.of(answer, refused.reason());
    }
    if (result instanceof AuthnResult.Delayed delayed) {
      return Refusal.of(Answer.tooManyFailures(delayed.retryAfter()), delayed.reason());
    }
    String reason = wrongKinds.note(request);
    return Refusal.of(challenges.answer(request), reason);
  }
}
