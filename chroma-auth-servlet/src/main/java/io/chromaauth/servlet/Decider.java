package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.ChromaAuth;
import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.io.IOException;

/**
 * The way of one request, step by step; each step ends it or hands on what it found. Does no I/O
 * but for a body that names something and an owner that is not known yet. Thread-safe.
 */
final class Decider {
  private final ChromaAuth auth;
  private final CrossSite crossSite;
  private final RouteTable routes;
  private final PublicPaths publicPaths;
  private final Challenges challenges;
  private final WrongKinds wrongKinds;
  private final BodyStep bodies;
  private final Authorizing authorizing;
  private final CanI canI;

  Decider(ChromaAuth auth, FilterSettings settings, Api api, BodyStep bodies, Authorizing steps) {
    this.auth = auth;
    this.crossSite = new CrossSite(settings.allowedOrigins());
    this.routes = api.routes();
    this.publicPaths = api.publicPaths();
    this.challenges = new Challenges(auth.snapshot().challenges(), settings.native06());
    this.wrongKinds = new WrongKinds(auth.snapshot().challenges());
    this.bodies = bodies;
    this.authorizing = steps;
    this.canI = new CanI(new Explainer(api, bodies, steps), settings.inspectLimit());
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
    RouteTable.Result match = routes.match(request.method(), path);
    if (match instanceof RouteTable.Found found
        && publicPaths.open(request.method(), path, found.route())) {
      return bodies.guardPublic(request, found.route());
    }
    ChromaAuth.Snapshot snapshot = auth.snapshot();
    AuthnResult result = snapshot.authenticate(request);
    return result instanceof AuthnResult.Authenticated authenticated
        ? decideFor(new Asking(snapshot, authenticated.identity()), request, path, match)
        : stranger(result, request);
  }

  /** The refusal of a known identity's request that no route is for. */
  static Refusal noRoute(RouteTable.Result match, UserIdentity identity) {
    Answer answer =
        match instanceof RouteTable.WrongMethod wrong
            ? Answer.wrongMethod(wrong.allow())
            : Answer.NO_ROUTE;
    return new Refusal(answer, identity, null, "not a route of the Chroma API");
  }

  private Refusal stranger(AuthnResult result, IncomingRequest request) {
    if (result instanceof AuthnResult.Refused refused) {
      Answer answer =
          switch (refused.cause()) {
            case WRONG -> challenges.answer(request);
            case AMBIGUOUS -> Answer.TWO_CREDENTIALS;
            case UNAVAILABLE -> Answer.UNAVAILABLE;
          };
      return Refusal.of(answer, refused.reason());
    }
    String reason = wrongKinds.note(request);
    return Refusal.of(challenges.answer(request), reason);
  }

  private Verdict decideFor(
      Asking asking, IncomingRequest request, RequestPath path, RouteTable.Result match)
      throws IOException {
    if (!(match instanceof RouteTable.Found found)) {
      return noRoute(match, asking.identity());
    }
    Route route = found.route();
    return switch (route.access()) {
      case WHO_AM_I -> WhoAmI.answer(asking.identity());
      case CAN_I -> canI.answer(request, asking);
      case ACTION -> authorizing.decide(route, path, request, asking);
      case PUBLIC, IDENTITY, HOST_PUBLIC -> Pass.of(asking.identity(), null, "any identity");
    };
  }
}
