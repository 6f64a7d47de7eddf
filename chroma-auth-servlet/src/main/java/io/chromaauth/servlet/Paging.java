package io.chromaauth.servlet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a request asks for: {@code limit} and {@code offset} of the query.
 *
 * @param limit how many at most
 * @param offset how many are left out first
 * @param malformed whether one of them comes twice or is not a whole number of at most nine digits
 */
record Paging(int limit, int offset, boolean malformed) {
  /** Everything. */
  static final Paging ALL = new Paging(Integer.MAX_VALUE, 0, false);

  private static final Paging MALFORMED = new Paging(0, 0, true);

  /** What a raw query string, null for none, asks for; everything where it says nothing. */
  static Paging parse(@Nullable String raw) {
    List<String> limits = Query.values(raw, "limit");
    List<String> offsets = Query.values(raw, "offset");
    if (!isNumber(limits) || !isNumber(offsets)) {
      return MALFORMED;
    }
    return new Paging(
        limits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(limits.get(0)),
        offsets.isEmpty() ? 0 : Integer.parseInt(offsets.get(0)),
        false);
  }

  /** Whether a list of so many holds all that is asked for. */
  boolean isFilledBy(int size) {
    return limit != Integer.MAX_VALUE && size >= (long) offset + limit;
  }

  /** The part asked for. */
  <T> List<T> of(List<T> all) {
    int from = Math.min(offset, all.size());
    return all.subList(from, (int) Math.min((long) from + limit, all.size()));
  }

  private static boolean isNumber(List<String> values) {
    return values.isEmpty() || (values.size() == 1 && values.get(0).matches("\\d{1,9}"));
  }
}
