package io.chromaauth.demo.store;

import com.google.re2j.Pattern;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * {@code regex_finds(document, pattern, end)} for SQL: 1 if the pattern is found in the document, 0
 * if not or if there is no document. Gives up at the end, a time of {@link System#nanoTime()}.
 */
final class RegexFunction extends Function {
  static final String NAME = "regex_finds";

  private @Nullable Pattern compiled;

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
      TimedText text = new TimedText(document, value_long(2));
      result(pattern(value_text(1)).matcher(text).find() ? 1 : 0);
    } catch (TimedText.OverdueException e) {
      throw new SQLException("the regular expression takes too long", e);
    }
  }

  private Pattern pattern(String text) {
    Pattern known = compiled;
    if (known == null || !known.pattern().equals(text)) {
      known = Pattern.compile(text);
      compiled = known;
    }
    return known;
  }
}
