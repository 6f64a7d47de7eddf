package io.chromaauth.servlet;

import io.chromaauth.ChromaAuth;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Nearest;

/**
 * Answers questions about users by name.
 *
 * @param auth whose users they are
 * @param explainer what answers
 */
record Explaining(ChromaAuth auth, Explainer explainer) {
  /**
   * What would become of it.
   *
   * @throws IllegalArgumentException if there is no such user or action
   */
  Explanation explain(String userId, Question question) {
    ChromaAuth.Snapshot snapshot = auth.snapshot();
    UserIdentity identity =
        snapshot
            .identity(userId)
            .orElseThrow(() -> new IllegalArgumentException(unknown(snapshot, userId)));
    return explainer.explain(snapshot, identity, question);
  }

  private static String unknown(ChromaAuth.Snapshot snapshot, String userId) {
    String near = Nearest.fix(userId, snapshot.userIds());
    return "there is no user '" + userId + "'" + (near == null ? "" : "; " + near);
  }
}
