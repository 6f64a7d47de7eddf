package io.chromaauth.demo.store;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Upper bounds of how large a regular expression becomes once its counts are written out, and of
 * how deep its brackets go.
 */
final class RegexSize {
  private static final long ENOUGH = 1L << 40;

  private final String pattern;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long size;
  private long last;
  private int at;
  private int deepest;

  private RegexSize(String pattern) {
    this.pattern = pattern;
  }

  /** Both. */
  record Bounds(long size, int depth) {}

  static Bounds of(String pattern) {
    RegexSize counted = new RegexSize(pattern);
    long size = counted.count();
    return new Bounds(size, counted.deepest);
  }

  private long count() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      switch (c) {
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '[' -> skipClass();
        default -> atom(c);
      }
      at++;
    }
    while (!outer.isEmpty()) {
      close();
    }
    return size + last;
  }

  private void atom(char c) {
    if (c == '\\') {
      at++;
      if (pattern.startsWith("Q", at)) {
        quoted();
        return;
      }
    }
    add(1);
  }

  /** Up to \E: nothing in it means more than itself. */
  private void quoted() {
    int end = pattern.indexOf("\\E", at);
    int length = (end < 0 ? pattern.length() : end) - at;
    add(length);
    add(1); // a count after it is of its last character
    at = end < 0 ? pattern.length() : end + 1;
  }

  private void add(long more) {
    size = Math.min(ENOUGH, size + last);
    last = more;
  }

  private void open() {
    add(0);
    outer.push(size);
    deepest = Math.max(deepest, outer.size());
    size = 0;
  }

  private void close() {
    long group = size + last + 2;
    size = outer.isEmpty() ? 0 : outer.pop();
    last = Math.min(ENOUGH, group);
  }

  /** Each escaped or plain character up to the bracket; one too many is no harm. */
  private void skipClass() {
    int end = at + 2;
    while (end < pattern.length() && pattern.charAt(end) != ']') {
      end += pattern.charAt(end) == '\\' ? 2 : 1;
    }
    at = end;
    add(1);
  }

  /** A count such as {3} or {2,50}, or a brace that means itself. */
  private void repeat() {
    int end = pattern.indexOf('}', at);
    String counts = end < 0 ? "" : pattern.substring(at + 1, end);
    if (!counts.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
      add(1);
      return;
    }
    String most = counts.substring(counts.indexOf(',') + 1);
    long times = Long.parseLong(most.isEmpty() ? counts.replace(",", "") : most);
    last = Math.min(ENOUGH, last * Math.max(1, times));
    at = end;
  }
}
