package io.chromaauth.authn;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose each token is, by its SHA-256. A hash table with open addressing in two arrays: there may
 * be a million tokens, every request asks, and objects that lie apart in memory would cost it more
 * than all else. Immutable and thread-safe.
 */
final class TokenTable {
  /** The answer for a token that is not there, or has expired. */
  static final int NOBODY = -1;

  static final int EXPIRED = -2;

  private static final int WORDS = 4;

  private final long[] digests;

  /** At each place the user's number and one; 0 where it is free. */
  private final int[] users;

  private final Map<Digest, Instant> expiring;

  /** The table of these tokens. */
  TokenTable(Map<Digest, Held> tokens) {
    int places = tokens.size() + tokens.size() / 2 + 1;
    this.digests = new long[places * WORDS];
    this.users = new int[places];
    Map<Digest, Instant> ends = new HashMap<>();
    tokens.forEach(
        (digest, held) -> {
          put(digest, held.user());
          if (held.expires() != null) {
            ends.put(digest, held.expires());
          }
        });
    this.expiring = Map.copyOf(ends);
  }

  private void put(Digest digest, int user) {
    int place = place(digest);
    while (users[place] != 0) {
      place = after(place);
    }
    digest.write(digests, place * WORDS);
    users[place] = user + 1;
  }

  /** The number of the user who holds the token now, {@link #NOBODY} or {@link #EXPIRED}. */
  int holder(Digest token) {
    for (int place = place(token); users[place] != 0; place = after(place)) {
      if (token.isAt(digests, place * WORDS)) {
        Instant end = expiring.isEmpty() ? null : expiring.get(token);
        return end == null || Instant.now().isBefore(end) ? users[place] - 1 : EXPIRED;
      }
    }
    return NOBODY;
  }

  /** Digests are spread evenly already. */
  private int place(Digest digest) {
    return (int) (((digest.a() >>> 33) * users.length) >>> 31);
  }

  private int after(int place) {
    return place + 1 == users.length ? 0 : place + 1;
  }
}
