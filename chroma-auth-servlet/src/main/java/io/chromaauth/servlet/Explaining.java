package io.chromaauth.servlet;

import io.chromaauth.ChromaAuth;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Nearest;

/**
 * Answers questions about users by name.
 *
 * @param live whose users they are
 * @param bodies what looks into bodies
 * @param steps what decides
 */
record Explaining(LiveRules live, BodyStep bodies, Authorizing steps) {
  /**
   * What would become of it.
   *
   * @throws IllegalArgumentException if there is no such user or action
   */
  Explanation explain(String userId, Question question) {
    LiveRules.Rules rules = live.now();
    ChromaAuth.Snapshot snapshot = rules.snapshot();
    UserIdentity identity =
        snapshot
            .identity(userId)
            .orElseThrow(() -> new IllegalArgumentException(unknown(snapshot, userId)));
    return new Explainer(rules.api(), bodies, steps).explain(snapshot, identity, question);
  }

  private static String unknown(ChromaAuth.Snapshot snapshot, String userId) {
    String near = Nearest.fix(userId, snapshot.userIds());
    return "there is no user '" + userId + "'" + (near == null ? "" : "; " + near);
  }
}
