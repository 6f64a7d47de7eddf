package io.chromaauth.demo.store;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that is known to be valid and not to take too much memory. Its engine takes
 * time in proportion to the document, whatever the expression.
 */
public record DocumentRegex(String pattern) {
  private static final int LARGEST = 10_000;

  /** As in Chroma's own engine: an expression is read by recursion. */
  private static final int DEEPEST = 250;

  /**
   * Checks the expression.
   *
   * @throws Refused if it is not valid or too large
   */
  public DocumentRegex {
    RegexSize.Bounds bounds = RegexSize.of(pattern);
    if (bounds.depth() > DEEPEST) {
      throw syntax(pattern, "exceeded the maximum number of nested parentheses/brackets (250)");
    }
    if (bounds.size() > LARGEST) {
      throw Refused.invalid("Regex syntax errror: Compiled regex exceeds size limit");
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw syntax(pattern, e.getDescription());
    } catch (StackOverflowError e) {
      throw syntax(pattern, RegexFunction.TOO_DEEP);
    }
  }

  private static Refused syntax(String pattern, String error) {
    return Refused.invalid(
        "Regex syntax errror: regex parse error:\n    " + pattern + "\nerror: " + error);
  }
}
