package io.chromaauth.demo.api;

/** Texts that can be stored as they are. */
final class Texts {
  private Texts() {}

  /**
   * The text itself.
   *
   * @throws ApiException if it has half of a character outside the basic plane: JSON can write
   *     that, UTF-8 can't
   */
  static String valid(String path, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean whole =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!whole) {
          throw ApiException.notJson(path + ": unexpected end of hex escape");
        }
        i++;
      }
    }
    return text;
  }
}
