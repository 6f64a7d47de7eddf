package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.ChromaAuth;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Verdict.Refusal;
import java.util.List;
import java.util.Set;

/** One identity's questions to the rules that hold for its request. */
record Asking(ChromaAuth.Snapshot snapshot, UserIdentity identity) {

  /** Passes if at least one of the actions is allowed on the resource. */
  Verdict anyOf(List<AuthzAction> actions, AuthzResource resource) {
    Verdict verdict = about(actions.get(0), resource);
    for (int i = 1; i < actions.size() && verdict instanceof Refusal before; i++) {
      Verdict next = about(actions.get(i), resource);
      verdict = next instanceof Refusal refusal ? moreTelling(before, refusal) : next;
    }
    return verdict;
  }

  /** Of two refusals the one that tells the client to go elsewhere, else the first. */
  static Refusal moreTelling(Refusal first, Refusal second) {
    return second.answer().equals(Answer.OUT_OF_BOUNDS) ? second : first;
  }

  /** Passes if the action is allowed on the resource. */
  Verdict about(AuthzAction action, AuthzResource resource) {
    Decision decision = snapshot.authorize(identity, action, resource);
    if (decision instanceof Decision.Allowed) {
      return Verdict.Pass.of(identity, action, decision.rule());
    }
    boolean elsewhere = decision instanceof Decision.Denied denied && denied.outOfBounds();
    Answer answer = elsewhere ? Answer.OUT_OF_BOUNDS : Answer.FORBIDDEN;
    return new Refusal(answer, identity, action, decision.rule());
  }

  /** Who asks, by a name that no user of another provider has. */
  String name() {
    return identity.provider() + ' ' + identity.userId();
  }

  /** Whether anything bounds the identity. */
  boolean isBounded() {
    return !boundLevels().isEmpty();
  }

  /** Whether anything bounds it on a level. */
  boolean isBoundOn(AuthzResource.Level level) {
    return boundLevels().contains(level);
  }

  /** The levels on which anything bounds the identity. */
  Set<AuthzResource.Level> boundLevels() {
    return snapshot.boundLevels(identity);
  }
}
