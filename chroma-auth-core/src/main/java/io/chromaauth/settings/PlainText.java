package io.chromaauth.settings;

/**
 * Tells by a look at a plain scalar that it is a text, where the rules of YAML 1.1 for numbers,
 * dates, booleans and null would try several regular expressions. A large file has millions.
 */
final class PlainText {
  /** How booleans and null begin: yes, no, true, false, on, off, null. */
  private static final String WORDS = "yYnNtTfFoO";

  private static final int LONGEST_WORD = 5;

  /** How anything else begins that is more than a text. */
  private static final String FIGURES = "0123456789-+.<~!&* =";

  private PlainText() {}

  /** Whether it is a text; false where that has to be found out. */
  static boolean isSurely(String plain) {
    if (plain.isEmpty()) {
      return false;
    }
    char first = plain.charAt(0);
    return WORDS.indexOf(first) < 0 ? FIGURES.indexOf(first) < 0 : plain.length() > LONGEST_WORD;
  }
}
