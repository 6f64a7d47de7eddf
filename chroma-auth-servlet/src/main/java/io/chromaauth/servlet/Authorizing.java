package io.chromaauth.servlet;

import io.chromaauth.AuthzResource;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steps 5 to 7: whether a known identity may do what a route asks for. Thread-safe.
 *
 * @param bodies what reads a body that names something
 * @param owners what finds the owner of a UUID
 * @param lists what answers lists for those who may not see all of them
 * @param overwrites whether a singleton tenant or database takes the place of Chroma's default
 */
record Authorizing(Bodies bodies, OwnerStep owners, ListStep lists, boolean overwrites) {

  /** What becomes of a request for an action. */
  Verdict decide(Route route, RequestPath path, IncomingRequest request, Asking asking)
      throws IOException {
    Query query = Query.parse(request.query());
    ResourceNames names = ResourceNames.of(route, path, query);
    if (names == null) {
      return badNames(Answer.AMBIGUOUS_NAMES, route, asking);
    }
    Optional<Target> target =
        overwrites && !request.isIncluded()
            ? SingletonOverwrite.of(route, path, request, asking.identity())
            : Optional.empty();
    if (target.isEmpty()) {
      return request.isDispatched() && !query.tellsAll(route)
          ? badNames(Answer.AMBIGUOUS_NAMES, route, asking) // another request may name the rest
          : decide(route, names, request, asking);
    }
    ResourceNames replaced = names(route, target.get());
    if (replaced == null) {
      return badNames(Answer.AMBIGUOUS_PATH, route, asking);
    }
    Verdict verdict = decide(route, replaced, request, asking);
    return verdict instanceof Pass pass ? pass.withTarget(target.get()) : verdict;
  }

  /** Read from what goes on, as whoever gets it will; null if no path can say it. */
  private static @Nullable ResourceNames names(Route route, Target target) {
    RequestPath path = RequestPath.parse(target.path());
    return path.ambiguous() ? null : ResourceNames.of(route, path, Query.parse(target.query()));
  }

  private Verdict decide(Route route, ResourceNames names, IncomingRequest request, Asking asking)
      throws IOException {
    boolean moreToCome = names.id() != null || route.body() != Route.Body.NOTHING;
    AuthzResource named = moreToCome ? names.resource().asPartial() : names.resource();
    Verdict byName =
        asking.anyOf(route.actions(), closed(route, names) ? AuthzResource.NONE : named);
    if (!(byName instanceof Pass pass)) {
      return byName;
    }
    if (ListStep.concerns(route, asking)) {
      return lists.decide(pass, route, names, asking, request);
    }
    Verdict byBody =
        route.body() == Route.Body.NOTHING ? byName : bodies.decide(request, route, names, asking);
    Verdict byOwner =
        byBody instanceof Pass allowed && names.id() != null
            ? owners.decide(allowed, route, names, asking)
            : byBody;
    NameChange change = NameChange.of(route.asked().change(), names);
    return change != null && byOwner instanceof Pass allowed ? allowed.withChange(change) : byOwner;
  }

  /** What acts on everything stays without a name, whatever its body says. */
  private static boolean closed(Route route, ResourceNames names) {
    return route.names() == Route.Names.NOWHERE && names.id() == null;
  }

  private static Refusal badNames(Answer answer, Route route, Asking asking) {
    return new Refusal(answer, asking.identity(), route.actions().get(0), "bad names");
  }
}
