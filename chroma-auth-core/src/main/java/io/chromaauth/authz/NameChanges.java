package io.chromaauth.authz;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests that may be changing a collection's name: renames by its UUID, deletions by
 * the tenant that they are in, a reset for all. So nobody's names grow old by what another tenant's
 * user does. Thread-safe.
 */
final class NameChanges {
  private static final int STRIPES = 4096;

  /** After the stripes: deletions anywhere, resets. */
  private static final int ANY_DELETION = STRIPES;

  private static final int RESET = STRIPES + 1;

  private final AtomicLongArray open = new AtomicLongArray(STRIPES + 2);
  private final AtomicLongArray ended = new AtomicLongArray(STRIPES + 2);

  /** So that nobody can choose a name that shares another's stripe. */
  private final int salt = ThreadLocalRandom.current().nextInt();

  /**
   * How many changes have ended that could concern a collection.
   *
   * @param inTenant -1 where the tenant is not known, and then anywhere counts
   */
  record Count(long renames, long inTenant, long anywhere, long resets) {
    boolean isSince(Count before) {
      boolean sameDeletions =
          (inTenant < 0 || before.inTenant < 0)
              ? anywhere == before.anywhere
              : inTenant == before.inTenant;
      return renames == before.renames && sameDeletions && resets == before.resets;
    }
  }

  /** What has ended so far for a collection in a tenant, or anywhere for null. */
  Count ended(UUID id, @Nullable String tenant) {
    return new Count(
        ended.get(stripe(id)),
        tenant == null ? -1 : ended.get(stripe(tenant)),
        ended.get(ANY_DELETION),
        ended.get(RESET));
  }

  /** Whether no change is under way that could concern it. */
  boolean isQuiet(UUID id, @Nullable String tenant) {
    return open.get(stripe(id)) == 0
        && open.get(tenant == null ? ANY_DELETION : stripe(tenant)) == 0
        && open.get(RESET) == 0;
  }

  /** A rename begins. */
  Owners.Change renaming(UUID id) {
    return begin(stripe(id));
  }

  /** A deletion in a tenant begins, or of everything for null. */
  Owners.Change deleting(@Nullable String tenant) {
    return tenant == null ? begin(RESET) : begin(stripe(tenant), ANY_DELETION);
  }

  private Owners.Change begin(int... stripes) {
    List<Integer> counted = IntStream.of(stripes).boxed().toList();
    counted.forEach(open::incrementAndGet);
    AtomicBoolean over = new AtomicBoolean();
    return changed -> {
      if (over.compareAndSet(false, true)) {
        if (changed) {
          counted.forEach(ended::incrementAndGet);
        }
        counted.forEach(open::decrementAndGet);
      }
    };
  }

  private int stripe(Object key) {
    int mixed = (key.hashCode() ^ salt) * 0x9E3779B9;
    return mixed >>> 20;
  }
}
