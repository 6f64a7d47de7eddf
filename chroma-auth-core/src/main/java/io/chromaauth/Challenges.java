package io.chromaauth;

import java.util.ArrayList;
import java.util.List;

/** What a 401 asks for: each scheme once, though several providers may read it. */
final class Challenges {
  private Challenges() {}

  /** The challenges of providers, without those that another one's list begins with. */
  static List<String> of(List<AuthenticationProvider> providers) {
    List<String> challenges = new ArrayList<>();
    for (AuthenticationProvider provider : providers) {
      provider
          .challenge()
          .filter(challenge -> challenges.stream().noneMatch(before -> holds(before, challenge)))
          .ifPresent(challenges::add);
    }
    return List.copyOf(challenges);
  }

  private static boolean holds(String list, String challenge) {
    return list.equals(challenge) || list.startsWith(challenge + ", ");
  }
}
