package io.chromaauth.demo.store;

import com.google.re2j.Pattern;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.Function;

/**
 * {@code regex_finds(document, pattern, end)} for SQL: 1 if the pattern is found in the document, 0
 * if not or if there is no document. Gives up at the end, a time of {@link System#nanoTime()}.
 */
final class RegexFunction extends Function {
  static final String NAME = "regex_finds";

  /** In the message of a statement's failure: SQLite keeps no causes. */
  static final String TOO_DEEP = "the regular expression may be empty in too many places";

  /** Of all patterns that a connection keeps, as {@link RegexSize} counts. */
  private static final long MOST_KEPT = 20_000;

  private final Map<String, Pattern> compiled = new HashMap<>();
  private long kept;

  private RegexFunction() {}

  static void addTo(Connection connection) throws SQLException {
    Function.create(connection, NAME, new RegexFunction(), 3, Function.FLAG_DETERMINISTIC);
  }

  @Override
  protected void xFunc() throws SQLException {
    String document = value_text(0);
    if (document == null) {
      result(0);
      return;
    }
    try {
      TimedText text = TimedText.until(document, value_long(2));
      result(pattern(value_text(1)).matcher(text).find() ? 1 : 0);
    } catch (TimedText.OverdueException e) {
      throw new SQLException("the regular expression takes too long", e);
    } catch (StackOverflowError e) { // the engine follows empty matches by recursion
      throw new SQLException(TOO_DEEP);
    }
  }

  private Pattern pattern(String text) {
    Pattern known = compiled.get(text);
    return known == null ? compile(text) : known;
  }

  private Pattern compile(String text) {
    long size = RegexSize.of(text).size();
    if (kept + size > MOST_KEPT) {
      compiled.clear();
      kept = 0;
    }
    Pattern made = Pattern.compile(text);
    compiled.put(text, made);
    kept += size;
    return made;
  }
}
