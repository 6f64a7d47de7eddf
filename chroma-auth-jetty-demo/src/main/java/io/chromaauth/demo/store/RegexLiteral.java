package io.chromaauth.demo.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts one of which is part of whatever a regular expression matches, for the trigram index.
 * Rather misses some than finds one too many.
 */
final class RegexLiteral {
  /** Escapes that go on after their letter: code points, and classes by name. */
  private static final String LONG_ESCAPES = "xpPQ01234567";

  private static final int MOST_TEXTS = 16;
  private static final int DEEPEST = 50;

  private final String pattern;
  private int at;

  private RegexLiteral(String pattern) {
    this.pattern = pattern;
  }

  /** Such texts, as long ones as there are; empty if there are none. */
  static List<String> of(String pattern) {
    // flags may make letters mean more than themselves
    boolean plain = !pattern.replace("(?:", "(").contains("(?");
    RegexLiteral literal = new RegexLiteral(pattern);
    try {
      List<String> texts = plain ? literal.alternatives(0) : List.of();
      return literal.at < pattern.length() ? List.of() : texts;
    } catch (UnsureException e) {
      return List.of();
    }
  }

  /** Branches up to a bracket or the end: one text of each of them. */
  private List<String> alternatives(int depth) {
    List<String> all = new ArrayList<>();
    boolean each = true;
    do {
      List<String> branch = new Branch(depth).read();
      each &= !branch.isEmpty();
      all.addAll(branch);
    } while (accept('|'));
    return each && all.size() <= MOST_TEXTS ? all : List.of();
  }

  private boolean accept(char wanted) {
    boolean there = at < pattern.length() && pattern.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private int next() {
    if (at >= pattern.length()) {
      throw new UnsureException();
    }
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /** What this class does not read. */
  private static final class UnsureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsureException() {
      super(null, null, false, false);
    }
  }

  /** One alternative: the best of its plain texts and its groups. */
  private final class Branch {
    private final int depth;
    private final StringBuilder run = new StringBuilder();
    private List<String> best = List.of();

    Branch(int depth) {
      if (depth > DEEPEST) {
        throw new UnsureException();
      }
      this.depth = depth;
    }

    List<String> read() {
      while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
        int c = next();
        switch (c) {
          case '\\' -> escape();
          case '(' -> group();
          case '[' -> skipClass();
          case '*', '?', '{' -> optional(c);
          case '+', '.', '^', '$', '}', ']' -> end();
          default -> run.appendCodePoint(c);
        }
      }
      end();
      return best;
    }

    /** A character that only an escape makes plain, or a class of characters. */
    private void escape() {
      int c = next();
      if (LONG_ESCAPES.indexOf(c) >= 0) {
        throw new UnsureException();
      }
      if (c < 0x80 && !Character.isLetterOrDigit(c)) {
        run.appendCodePoint(c);
      } else {
        end();
      }
    }

    private void group() {
      end();
      at += pattern.startsWith("?:", at) ? 2 : 0;
      List<String> texts = alternatives(depth + 1);
      if (!accept(')')) {
        throw new UnsureException();
      }
      boolean optional = at < pattern.length() && "*?{".indexOf(pattern.charAt(at)) >= 0;
      if (!optional) {
        offer(texts);
      }
    }

    /** The last character may be absent. */
    private void optional(int c) {
      if (run.length() > 0) {
        run.setLength(run.offsetByCodePoints(run.length(), -1));
      }
      end();
      if (c == '{') {
        skipCount();
      }
    }

    private void skipCount() {
      int c = next();
      while (c != '}') {
        if ("0123456789,".indexOf(c) < 0) {
          throw new UnsureException(); // a brace that means itself
        }
        c = next();
      }
    }

    private void skipClass() {
      end();
      accept('^');
      boolean first = true;
      for (int c = next(); first || c != ']'; c = next()) {
        if (c == '[') {
          throw new UnsureException(); // perhaps a class by name
        } else if (c == '\\') {
          next();
        }
        first = false;
      }
    }

    private void end() {
      if (run.length() > 0) {
        offer(List.of(run.toString()));
      }
      run.setLength(0);
    }

    private void offer(List<String> texts) {
      best = shortest(texts) > shortest(best) ? texts : best;
    }

    private static int shortest(List<String> texts) {
      return texts.stream().mapToInt(String::length).min().orElse(0);
    }
  }
}
