package io.chromaauth.demo.store;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that is known to be valid and not to take too much memory. Its engine takes
 * time in proportion to the document, whatever the expression.
 */
public record DocumentRegex(String pattern) {
  private static final int LARGEST = 10_000;

  /**
   * Checks the expression.
   *
   * @throws Refused if it is not valid or too large
   */
  public DocumentRegex {
    if (RegexSize.of(pattern) > LARGEST) {
      throw Refused.invalid("Regex syntax errror: Compiled regex exceeds size limit");
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw Refused.invalid(
          "Regex syntax errror: regex parse error:\n    "
              + pattern
              + "\nerror: "
              + e.getDescription());
    }
  }
}
