package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.UserIdentity;
import org.jspecify.annotations.Nullable;

/** What becomes of a request, with what the audit needs to say of it. */
sealed interface Verdict {
  /** Who asked, or null for a stranger. */
  @Nullable UserIdentity identity();

  /** What it is about, or null if it did not come to that. */
  @Nullable AuthzAction action();

  /** The rule or the fault that decided. */
  String reason();

  /**
   * The application answers.
   *
   * @param body what the filter has read of the body, all of it; null if it has read nothing
   * @param target where it goes if that is not where it was sent, or null
   * @param change which names of collections it may change, or null for none
   */
  @SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
  record Pass(
      @Nullable UserIdentity identity,
      @Nullable AuthzAction action,
      String reason,
      byte @Nullable [] body,
      @Nullable Target target,
      @Nullable NameChange change)
      implements Verdict {
    static Pass of(@Nullable UserIdentity identity, @Nullable AuthzAction action, String reason) {
      return new Pass(identity, action, reason, null, null, null);
    }

    Pass withBody(byte[] read) {
      return new Pass(identity, action, reason, read, target, change);
    }

    Pass withTarget(Target other) {
      return new Pass(identity, action, reason, body, other, change);
    }

    Pass withChange(NameChange other) {
      return new Pass(identity, action, reason, body, target, other);
    }
  }

  /**
   * The filter answers itself.
   *
   * @param json what it says, with status 200
   */
  record Own(UserIdentity identity, @Nullable AuthzAction action, String reason, String json)
      implements Verdict {}

  /** The filter refuses. */
  record Refusal(
      Answer answer, @Nullable UserIdentity identity, @Nullable AuthzAction action, String reason)
      implements Verdict {
    static Refusal of(Answer answer, String reason) {
      return new Refusal(answer, null, null, reason);
    }
  }
}
