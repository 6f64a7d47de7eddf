package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.CollectionResolver.Client;
import io.chromaauth.CollectionResolver.Element;
import io.chromaauth.CollectionResolver.Listing;
import io.chromaauth.CollectionResolver.Page;
import io.chromaauth.CollectionResolver.Unavailable;
import io.chromaauth.CollectionResolver.Unsupported;
import io.chromaauth.authz.Owners;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists and counts of names, for an identity that may not see all of them: the filter answers them
 * itself from what is visible, in the server's order and with its elements unchanged.
 */
final class ListStep {
  private static final int PAGE = 1_000;
  private static final int MOST_READ = 100_000;

  private final @Nullable Owners owners;
  private final boolean asks;

  /**
   * @param owners who lists; null refuses such lists
   */
  ListStep(@Nullable Owners owners) {
    this(owners, true);
  }

  private ListStep(@Nullable Owners owners, boolean asks) {
    this.owners = owners;
    this.asks = asks;
  }

  /** This step for a question: where it would answer a list, it answers an empty one. */
  ListStep askingNobody() {
    return new ListStep(owners, false);
  }

  /** Whether the application's answer would show the identity what it may not see. */
  static boolean concerns(Route route, Asking asking) {
    Level listed = route.asked().listed();
    return listed != null && asking.isBoundOn(listed);
  }

  /** The filter's own answer to a request that is allowed as far as it names things. */
  Verdict decide(
      Pass pass, Route route, ResourceNames names, Asking asking, IncomingRequest request) {
    // a count knows no limit
    Paging paging = isCount(route) ? Paging.ALL : Paging.parse(request.query());
    AuthzAction action = Objects.requireNonNull(pass.action());
    if (owners == null) {
      return refusal(Answer.FORBIDDEN, "nothing lists what may be seen", action, asking);
    }
    if (paging.malformed()) {
      return refusal(Answer.AMBIGUOUS_NAMES, "malformed limit or offset", action, asking);
    }
    List<Element> visible = new ArrayList<>();
    if (!asks) {
      return answer(route, visible, paging, pass);
    }
    boolean isOnApi1 = route.names() == Route.Names.QUERY;
    Client client = new Client(isOnApi1, request.header("User-Agent"));
    for (int offset = 0; offset < MOST_READ && !paging.isFilledBy(visible.size()); offset += PAGE) {
      Listing listing = owners.list(names.resource(), PAGE, offset, client, asking.name());
      if (!(listing instanceof Page page)) {
        return failure(listing, action, asking);
      }
      page.elements().stream().filter(e -> sees(names, e, action, asking)).forEach(visible::add);
      if (page.elements().size() < PAGE) {
        return answer(route, visible, paging, pass);
      }
    }
    return paging.isFilledBy(visible.size())
        ? answer(route, visible, paging, pass)
        : refusal(Answer.NO_OWNER, "more than " + MOST_READ + " to list", action, asking);
  }

  private static boolean isCount(Route route) {
    return route.actions().get(0).equals(AuthzAction.COUNT_COLLECTIONS);
  }

  private static boolean sees(
      ResourceNames names, Element element, AuthzAction action, Asking asking) {
    AuthzResource in = names.resource();
    AuthzResource named =
        in.database() == null
            ? AuthzResource.of(in.tenant(), element.name(), null)
            : in.withCollection(element.name());
    return asking.about(action, named) instanceof Pass;
  }

  private static Verdict answer(Route route, List<Element> visible, Paging paging, Pass pass) {
    List<Element> shown = paging.of(visible);
    String json =
        isCount(route)
            ? String.valueOf(visible.size())
            : "[" + String.join(",", shown.stream().map(Element::json).toList()) + "]";
    return new Verdict.Own(
        Objects.requireNonNull(pass.identity()), pass.action(), pass.reason(), json);
  }

  private static Refusal failure(Listing listing, AuthzAction action, Asking asking) {
    if (listing instanceof Unavailable unavailable) {
      return refusal(Answer.NO_OWNER, unavailable.reason(), action, asking);
    }
    return listing instanceof Unsupported
        ? refusal(Answer.FORBIDDEN, "the resolver lists nothing", action, asking)
        : refusal(Answer.NO_PLACE, "no such tenant or database", action, asking);
  }

  private static Refusal refusal(Answer answer, String reason, AuthzAction action, Asking asking) {
    return new Refusal(answer, asking.identity(), action, reason);
  }
}
