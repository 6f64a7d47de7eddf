package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.AuthzResource;
import io.chromaauth.ChromaAuth;
import io.chromaauth.UserIdentity;
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
  private final OwnerStep owners;
  private final ListStep lists;

  Decider(
      ChromaAuth auth,
      FilterSettings settings,
      RouteTable routes,
      PublicPaths publicPaths,
      OwnerStep owners,
      ListStep lists) {
    this.auth = auth;
    this.crossSite = new CrossSite(settings.allowedOrigins());
    this.routes = routes;
    this.publicPaths = publicPaths;
    this.challenges = new Challenges(auth.snapshot().challenges(), settings.native06());
    this.wrongKinds = new WrongKinds(auth.snapshot().challenges());
    this.bodies = new BodyStep(settings);
    this.owners = owners;
    this.lists = lists;
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
    if (publicPaths.contain(request.method(), path) && match instanceof RouteTable.Found found) {
      return bodies.guardPublic(request, found.route());
    }
    ChromaAuth.Snapshot snapshot = auth.snapshot();
    AuthnResult result = snapshot.authenticate(request);
    return result instanceof AuthnResult.Authenticated authenticated
        ? decideFor(authenticated.identity(), snapshot, request, path, match)
        : stranger(result, request);
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
      UserIdentity identity,
      ChromaAuth.Snapshot snapshot,
      IncomingRequest request,
      RequestPath path,
      RouteTable.Result match)
      throws IOException {
    if (!(match instanceof RouteTable.Found found)) {
      Answer answer =
          match instanceof RouteTable.WrongMethod wrong
              ? Answer.wrongMethod(wrong.allow())
              : Answer.NO_ROUTE;
      return new Refusal(answer, identity, null, "not a route of the Chroma API");
    }
    Route route = found.route();
    if (route.access() == Route.Access.WHO_AM_I) {
      return WhoAmI.answer(identity);
    }
    if (route.access() != Route.Access.ACTION) {
      return new Verdict.Pass(identity, null, "any identity", null);
    }
    ResourceNames names = ResourceNames.of(route, path, Query.parse(request.query()));
    if (names == null) {
      return new Refusal(Answer.AMBIGUOUS_NAMES, identity, route.actions().get(0), "bad names");
    }
    return new Case(snapshot, identity, route, names).decide(request);
  }

  /** A known identity's request for an action: steps 5 to 7. */
  private final class Case {
    private final Asking asking;
    private final Route route;
    private final ResourceNames names;

    Case(ChromaAuth.Snapshot snapshot, UserIdentity identity, Route route, ResourceNames names) {
      this.asking = new Asking(snapshot, identity);
      this.route = route;
      this.names = names;
    }

    Verdict decide(IncomingRequest request) throws IOException {
      boolean moreToCome = names.id() != null || route.body() != Route.Body.NOTHING;
      AuthzResource named = moreToCome ? names.resource().asPartial() : names.resource();
      Verdict byName = asking.anyOf(route.actions(), openTo(named));
      if (byName instanceof Refusal) {
        return byName;
      }
      if (byName instanceof Verdict.Pass pass && ListStep.concerns(route, asking)) {
        return lists.decide(pass, route, names, asking, Paging.parse(request.query()));
      }
      Verdict byBody =
          route.body() == Route.Body.NOTHING
              ? byName
              : bodies.decide(request, route, names, asking);
      return byBody instanceof Verdict.Pass pass && names.id() != null
          ? owners.decide(pass, route, names, asking)
          : byBody;
    }

    /** What acts on everything stays without a name, whatever its body says. */
    private AuthzResource openTo(AuthzResource named) {
      boolean everything = route.names() == Route.Names.NOWHERE && names.id() == null;
      return everything ? AuthzResource.NONE : named;
    }
  }
}
