package io.chromaauth.demo.store;

/** A text that can be read until a time only. */
final class TimedText implements CharSequence {
  private final CharSequence text;
  private final long endNanos;
  private int reads;

  private TimedText(CharSequence text, long endNanos) {
    this.text = text;
    this.endNanos = endNanos;
  }

  /**
   * A text that is looked at in time: many short ones never get as far as the next look.
   *
   * @param endNanos as {@link System#nanoTime()} counts
   */
  static TimedText until(CharSequence text, long endNanos) {
    TimedText made = new TimedText(text, endNanos);
    made.mustBeInTime();
    return made;
  }

  private void mustBeInTime() {
    if (System.nanoTime() - endNanos > 0) {
      throw new OverdueException();
    }
  }

  /** The time is over. */
  static final class OverdueException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if ((++reads & 0xFFF) == 0) {
      mustBeInTime();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new TimedText(text.subSequence(start, end), endNanos);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
