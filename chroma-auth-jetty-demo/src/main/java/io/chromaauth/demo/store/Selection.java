package io.chromaauth.demo.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a collection are meant: those with these ids that the filter holds for.
 *
 * @param ids or null for any; ids that nobody has are no fault
 * @param filter or null for none
 */
public record Selection(@Nullable List<String> ids, @Nullable Filter filter) {
  /** Every record. */
  public static final Selection ALL = new Selection(null, null);

  public Selection {
    ids = ids == null ? null : List.copyOf(ids);
  }

  /** Whether nothing narrows it. */
  public boolean isAll() {
    return ids == null && filter == null;
  }
}
