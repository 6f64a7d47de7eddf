package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Step 6: what the body of a few routes names, and whether that is allowed. */
final class BodyStep implements Bodies {
  private final BodyReader reader;
  private final boolean guard;

  BodyStep(FilterSettings settings) {
    this.reader = new BodyReader(settings.inspectLimit());
    this.guard = settings.bodyGuard();
  }

  @Override
  public Verdict decide(IncomingRequest request, Route route, ResourceNames names, Asking asking)
      throws IOException {
    BodyReader.Result result = reader.read(request);
    if (result instanceof BodyReader.Unread unread) {
      return refusal(unread.answer(), unread.reason(), route, asking);
    }
    byte[] bytes = ((BodyReader.Read) result).bytes();
    BodyNames body = BodyNames.parse(bytes);
    if (body == null) {
      return refusal(Answer.MALFORMED_BODY, "malformed body", route, asking);
    }
    if (guards(route) && body.guarded()) {
      return refusal(Answer.GUARDED, "trust_remote_code in a configuration", route, asking);
    }
    Verdict verdict = ask(route, names.resource(), body, asking);
    return verdict instanceof Pass pass ? pass.withBody(bytes) : verdict;
  }

  /** For a public route nobody asks, but limit and guard hold all the same. */
  Verdict guardPublic(IncomingRequest request, Route route) throws IOException {
    if (route.body() == Route.Body.NOTHING) {
      return Pass.of(null, null, "public path");
    }
    BodyReader.Result result = reader.read(request);
    if (result instanceof BodyReader.Unread unread) {
      return Refusal.of(unread.answer(), unread.reason());
    }
    byte[] bytes = ((BodyReader.Read) result).bytes();
    BodyNames body = BodyNames.parse(bytes);
    if (body == null) {
      return Refusal.of(Answer.MALFORMED_BODY, "malformed body on a public path");
    }
    if (guards(route) && body.guarded()) {
      return Refusal.of(Answer.GUARDED, "guarded body on a public path");
    }
    return Pass.of(null, null, "public path").withBody(bytes);
  }

  /** Where a server would read a configuration: creating and changing a collection. */
  private boolean guards(Route route) {
    return guard && (route.body() == Route.Body.COLLECTION || route.body() == Route.Body.RENAME);
  }

  private static Verdict ask(Route route, AuthzResource named, BodyNames body, Asking asking) {
    AuthzAction action = route.actions().get(0);
    return switch (route.body()) {
      case NOTHING, TENANT -> asking.about(action, named);
      case DATABASE -> asking.about(action, AuthzResource.of(named.tenant(), body.name(), null));
      case COLLECTION -> create(inDatabase(named, body.name()), body.getOrCreate(), asking);
      case RENAME -> rename(action, named, body.newName(), asking);
      case FORK -> alsoCreates(action, named, body.newName(), asking);
      case ATTACH -> alsoCreates(action, named, body.outputCollection(), asking);
      case DETACH -> detach(action, named, body.deleteOutput(), asking);
    };
  }

  /**
   * {@code get_or_create} needs its own action, or creating together with getting: who may only
   * create must not read what exists already.
   */
  private static Verdict create(AuthzResource collection, boolean getOrCreate, Asking asking) {
    if (!getOrCreate) {
      return asking.about(AuthzAction.CREATE_COLLECTION, collection);
    }
    Verdict own = asking.about(AuthzAction.GET_OR_CREATE_COLLECTION, collection);
    if (own instanceof Pass) {
      return own;
    }
    Verdict create = asking.about(AuthzAction.CREATE_COLLECTION, collection);
    return create instanceof Refusal refusal
        ? Asking.moreTelling((Refusal) own, refusal)
        : asking.about(AuthzAction.GET_COLLECTION, collection);
  }

  /** Allowed under the new name as well; the old one is asked about when it is known. */
  private static Verdict rename(
      AuthzAction action, AuthzResource named, @Nullable String newName, Asking asking) {
    if (newName != null && named.database() == null && asking.isBoundOn(Level.COLLECTION)) {
      return asking.about(action, AuthzResource.NONE); // API v1 does not say where
    }
    return newName == null || named.database() == null
        ? asking.about(action, named.asPartial())
        : asking.about(action, named.withCollection(newName));
  }

  private static Verdict alsoCreates(
      AuthzAction action, AuthzResource named, @Nullable String target, Asking asking) {
    Verdict create = asking.about(AuthzAction.CREATE_COLLECTION, inDatabase(named, target));
    return create instanceof Refusal ? create : asking.about(action, named.asPartial());
  }

  /** It may delete the function's output collection, of which nobody says the name. */
  private static Verdict detach(
      AuthzAction action, AuthzResource named, boolean deleteOutput, Asking asking) {
    if (deleteOutput) {
      AuthzResource place = AuthzResource.of(named.tenant(), named.database(), null);
      Verdict delete = asking.about(AuthzAction.DELETE_COLLECTION, place);
      if (delete instanceof Refusal) {
        return delete;
      }
    }
    return asking.about(action, named.asPartial());
  }

  /** A collection in the database of the path, or the database alone where either is missing. */
  private static AuthzResource inDatabase(AuthzResource named, @Nullable String collection) {
    return collection == null || named.database() == null
        ? named
        : named.withCollection(collection);
  }

  private static Refusal refusal(Answer answer, String reason, Route route, Asking asking) {
    return new Refusal(answer, asking.identity(), route.actions().get(0), reason);
  }
}
