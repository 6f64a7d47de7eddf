package io.chromaauth.servlet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Texts to compare the segments of paths with, one after the other. Immutable. */
final class Literals {
  private final String[] texts;
  private final byte[][] bytes;

  private Literals(List<String> texts) {
    this.texts = texts.toArray(String[]::new);
    this.bytes =
        texts.stream()
            .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)) // no plain segment has a ?
            .toArray(byte[][]::new);
  }

  static Literals of(String... texts) {
    return of(List.of(texts));
  }

  static Literals of(List<String> texts) {
    return new Literals(texts);
  }

  /** The text at an index. */
  String text(int index) {
    return texts[index];
  }

  /** The index of a text, or -1. */
  int indexOf(String text) {
    for (int i = 0; i < texts.length; i++) {
      if (texts[i].equals(text)) {
        return i;
      }
    }
    return -1;
  }

  /** The index of the text that stands there in Latin-1, or -1. */
  int indexOf(byte[] raw, int start, int end) {
    for (int i = 0; i < bytes.length; i++) {
      byte[] each = bytes[i];
      if (each.length == end - start && Arrays.equals(each, 0, each.length, raw, start, end)) {
        return i;
      }
    }
    return -1;
  }
}
