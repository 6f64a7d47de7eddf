package io.chromaauth.demo.store;

/**
 * A text that is part of whatever a regular expression matches, for the trigram index. Looks only
 * at what is outside of groups, and rather misses a text than finds one too many.
 */
final class RegexLiteral {
  /** Escapes that go on after their letter: code points, and classes by name. */
  private static final String LONG_ESCAPES = "xpPQ01234567";

  private final String pattern;
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private int at;

  private RegexLiteral(String pattern) {
    this.pattern = pattern;
  }

  /** The longest such text, empty if there is none. */
  static String of(String pattern) {
    // flags may make letters mean more than themselves
    return pattern.contains("(?") ? "" : new RegexLiteral(pattern).find();
  }

  private String find() {
    while (at < pattern.length()) {
      int c = pattern.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '|' -> {
          return "";
        }
        case '\\' -> {
          if (at < pattern.length() && LONG_ESCAPES.indexOf(pattern.charAt(at)) >= 0) {
            return "";
          }
          escape();
        }
        case '(' -> skipGroup();
        case '[' -> skipClass();
        case '*', '?', '{' -> optional();
        case '+', '.', '^', '$', ')', '}', ']' -> end();
        default -> run.appendCodePoint(c);
      }
    }
    end();
    return longest;
  }

  /** A character that only an escape makes plain, or a class of characters. */
  private void escape() {
    int c = at < pattern.length() ? pattern.codePointAt(at) : 'x';
    at += Character.charCount(c);
    if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      run.appendCodePoint(c);
      return;
    }
    end();
  }

  /** The last character may be absent. */
  private void optional() {
    if (run.length() > 0) {
      run.setLength(run.offsetByCodePoints(run.length(), -1));
    }
    end();
    int brace = pattern.charAt(at - 1) == '{' ? pattern.indexOf('}', at) : -1;
    at = brace < 0 ? at : brace + 1;
  }

  private void skipGroup() {
    end();
    for (int depth = 1; depth > 0 && at < pattern.length(); at++) {
      switch (pattern.charAt(at)) {
        case '\\' -> at++;
        case '(' -> depth++;
        case ')' -> depth--;
        case '[' -> {
          at++;
          skipClass();
          at--;
        }
        default -> {}
      }
    }
  }

  private void skipClass() {
    end();
    at += pattern.startsWith("^", at) ? 2 : 1;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private void end() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }
}
