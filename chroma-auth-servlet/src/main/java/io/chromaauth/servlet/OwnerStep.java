package io.chromaauth.servlet;

import io.chromaauth.AuthzResource;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import io.chromaauth.authz.Owners;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Step 7: a bounded identity's request that names a collection's UUID is allowed once the UUID is
 * bound to its owner, and the owner is within bounds. Unknown, foreign and out of bounds are the
 * same answer.
 */
final class OwnerStep {
  private final @Nullable Owners owners;
  private final boolean trustPath;
  private final @Nullable Supposed supposed;

  private OwnerStep(@Nullable Owners owners, boolean trustPath, @Nullable Supposed supposed) {
    this.owners = owners;
    this.trustPath = trustPath;
    this.supposed = supposed;
  }

  /** Asks who owns a UUID. */
  static OwnerStep asking(Owners owners) {
    return new OwnerStep(owners, false, null);
  }

  /** Believes a path's tenant and database, because the application behind checks the UUID. */
  static OwnerStep trustingThePath() {
    return new OwnerStep(null, true, null);
  }

  /** Refuses bounded identities whatever names a UUID. */
  static OwnerStep refusing() {
    return new OwnerStep(null, false, null);
  }

  /**
   * This step for a question: it asks nobody.
   *
   * @param owner whose the UUID is supposed to be; null lets it through, as far as it is known
   */
  OwnerStep supposing(@Nullable AuthzResource owner) {
    return owners == null ? this : new OwnerStep(owners, false, new Supposed(owner));
  }

  Verdict decide(Pass pass, Route route, ResourceNames names, Asking asking) {
    Set<Level> bound = asking.boundLevels();
    if (bound.isEmpty()) {
      return pass;
    }
    boolean inPath = names.resource().database() != null;
    if (trustPath && inPath && !bound.contains(Level.COLLECTION)) {
      return pass;
    }
    if (owners == null || (!inPath && !owners.findWithoutPath())) {
      return refusal(Answer.FORBIDDEN, "no resolver for a UUID on this route", route, asking);
    }
    if (supposed != null) {
      return supposed.owner() == null
          ? pass
          : judge(new Found(supposed.owner()), pass, route, names, asking);
    }
    UUID id = Objects.requireNonNull(names.id());
    String tenant = names.resource().tenant();
    String database = names.resource().database();
    boolean named = bound.contains(Level.COLLECTION);
    Resolution known = owners.remembered(id, tenant, database, named);
    Resolution resolution =
        known == null ? owners.find(id, tenant, database, named, asking.name()) : known;
    return judge(resolution, pass, route, names, asking);
  }

  private static Verdict judge(
      Resolution resolution, Pass pass, Route route, ResourceNames names, Asking asking) {
    AuthzResource path = names.resource();
    if (resolution instanceof Unavailable unavailable) {
      return refusal(Answer.NO_OWNER, unavailable.reason(), route, asking);
    }
    if (!(resolution instanceof Found found) || !agrees(path, found.owner())) {
      return unknown("no such collection at this path", route, names, asking);
    }
    Verdict verdict = asking.about(Objects.requireNonNull(pass.action()), found.owner());
    return verdict instanceof Refusal
        ? unknown("its owner is out of bounds", route, names, asking)
        : pass;
  }

  private static boolean agrees(AuthzResource path, AuthzResource owner) {
    return (path.tenant() == null || path.tenant().equals(owner.tenant()))
        && (path.database() == null || path.database().equals(owner.database()));
  }

  /** What a question says of a UUID's owner; null leaves it open. */
  private record Supposed(@Nullable AuthzResource owner) {}

  private static Refusal unknown(String reason, Route route, ResourceNames names, Asking asking) {
    return refusal(Answer.noCollection(String.valueOf(names.id())), reason, route, asking);
  }

  private static Refusal refusal(Answer answer, String reason, Route route, Asking asking) {
    return new Refusal(answer, asking.identity(), route.actions().get(0), reason);
  }
}
