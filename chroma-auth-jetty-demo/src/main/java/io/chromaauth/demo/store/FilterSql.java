package io.chromaauth.demo.store;

import io.chromaauth.demo.store.Filter.Among;
import io.chromaauth.demo.store.Filter.And;
import io.chromaauth.demo.store.Filter.Compare;
import io.chromaauth.demo.store.Filter.DocumentContains;
import io.chromaauth.demo.store.Filter.DocumentMatches;
import io.chromaauth.demo.store.Filter.HasElement;
import io.chromaauth.demo.store.Filter.Not;
import io.chromaauth.demo.store.Filter.Or;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A filter as a condition of SQL on {@code record r}, with the values of its placeholders. */
final class FilterSql {
  /** SQLite takes 32,766 placeholders and a million characters: room for more than these. */
  private static final int MOST_CONDITIONS = 4_000;

  /** Stands for the time when the filter must end. */
  private static final Object END = new Object();

  private final long collection;
  private final Duration time;
  private final BooleanSupplier trigrams;
  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();
  private int conditions;
  private boolean hasRegex;
  private boolean isFilter;
  private @Nullable Boolean trigramsFit;
  private long endNanos;

  private FilterSql(long collection, Duration time, BooleanSupplier trigrams) {
    this.collection = collection;
    this.time = time;
    this.trigrams = trigrams;
  }

  /**
   * All records of a collection that are selected.
   *
   * @param time how long a filter may look for them once it begins
   * @param trigrams whether their index may be asked; called only where it would help
   */
  static FilterSql of(
      long collection, Selection selection, Duration time, BooleanSupplier trigrams) {
    FilterSql made = new FilterSql(collection, time, trigrams);
    made.add("r.collection = ?", collection);
    List<String> ids = selection.ids();
    if (ids != null) {
      made.sql.append(" AND r.seq IN (SELECT seq FROM record WHERE collection = ? AND id IN ");
      made.sql.append("(SELECT value FROM json_each(?)))");
      made.values.add(collection);
      made.values.add(SqlValues.jsonOfTexts(ids));
    }
    Filter filter = selection.filter();
    if (filter != null) {
      made.sql.append(" AND ");
      made.append(filter);
      made.isFilter = true;
    }
    return made;
  }

  /** What the failure of a statement with this condition comes to: SQLite keeps no causes. */
  RuntimeException cause(StoreFailure failure) {
    if (String.valueOf(failure.getMessage()).contains(RegexFunction.TOO_DEEP)) {
      return Refused.invalid("Regex syntax errror: " + RegexFunction.TOO_DEEP);
    }
    if (!isFilter || endNanos == 0 || System.nanoTime() - endNanos <= 0) {
      return failure;
    }
    return Refused.invalid(
        hasRegex
            ? "Regex took too long: ask for less, or with where as well"
            : "Filter took too long: ask for less");
  }

  /** Looks for what is selected, no longer than a filter may. */
  <T> T inTime(Connection connection, Deadline.Work<T> work) throws SQLException {
    endNanos = System.nanoTime() + time.toNanos(); // not counting what it has waited for
    return isFilter ? Deadline.until(endNanos, connection, work) : work.run();
  }

  /** The condition. */
  String sql() {
    return sql.toString();
  }

  /** What its placeholders stand for, and some more after them. */
  @Nullable Object[] values(@Nullable Object... more) {
    List<@Nullable Object> all = new ArrayList<>(values);
    all.replaceAll(value -> value == END ? Long.valueOf(endNanos) : value);
    all.addAll(List.of(more));
    return all.toArray();
  }

  private void append(Filter filter) {
    if (++conditions > MOST_CONDITIONS) {
      throw Refused.invalid("a filter may have " + MOST_CONDITIONS + " conditions at most");
    }
    if (filter instanceof And and) {
      joined(and.parts(), " AND ", "1");
    } else if (filter instanceof Or or) {
      joined(or.parts(), " OR ", "0");
    } else if (filter instanceof Not not) {
      sql.append("NOT ");
      append(not.part());
    } else {
      leaf(filter);
    }
  }

  private void leaf(Filter filter) {
    if (filter instanceof Compare compare) {
      compare(compare);
    } else if (filter instanceof Among among) {
      MetadataValue any = among.values().get(0);
      metadata(among.name(), SqlValues.kind(any), " IN (SELECT value FROM json_each(?))");
      add(")", SqlValues.json(among.values()));
    } else if (filter instanceof HasElement has) {
      metadata(has.name(), SqlValues.kindInList(has.element()), " = ?");
      add(")", SqlValues.value(has.element()));
    } else if (filter instanceof DocumentContains contains) {
      contains(contains.text());
    } else if (filter instanceof DocumentMatches matches) {
      matches(matches.regex().pattern());
    }
  }

  /** In halves: SQLite limits the depth of an expression, and a long chain is a deep one. */
  private void joined(List<Filter> parts, String operator, String ofNone) {
    if (parts.isEmpty()) {
      sql.append(ofNone);
    } else if (parts.size() == 1) {
      append(parts.get(0));
    } else {
      int half = parts.size() / 2;
      sql.append('(');
      joined(parts.subList(0, half), operator, ofNone);
      sql.append(operator);
      joined(parts.subList(half, parts.size()), operator, ofNone);
      sql.append(')');
    }
  }

  private void compare(Compare compare) {
    metadata(
        compare.name(), SqlValues.kind(compare.value()), " " + compare.comparison().sql() + " ?");
    add(")", SqlValues.value(compare.value()));
  }

  private void metadata(String name, int kind, String condition) {
    sql.append("r.seq IN (SELECT seq FROM metadata WHERE collection = ? AND name = ?")
        .append(" AND kind = ? AND value")
        .append(condition);
    values.addAll(List.of(collection, name, kind));
  }

  private void contains(String text) {
    sql.append('(');
    candidates(Trigrams.query(text));
    add("coalesce(instr(r.document, ?) > 0, 0))", text);
  }

  private void matches(String pattern) {
    sql.append('(');
    candidates(Trigrams.queryOfAny(RegexLiteral.of(pattern)));
    add(RegexFunction.NAME + "(r.document, ?, ?) = 1)", pattern);
    values.add(END);
    hasRegex = true;
  }

  /** Those that the trigram index finds, as far as it can help. */
  private void candidates(@Nullable String query) {
    if (query != null && trigramsFit()) {
      add("r.seq IN (SELECT rowid FROM trigram WHERE trigram MATCH ?) AND ", query);
    }
  }

  private boolean trigramsFit() {
    if (trigramsFit == null) {
      trigramsFit = trigrams.getAsBoolean();
    }
    return trigramsFit;
  }

  private void add(String condition, Object value) {
    sql.append(condition);
    values.add(value);
  }
}
