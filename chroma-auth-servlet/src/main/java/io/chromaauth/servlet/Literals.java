package io.chromaauth.servlet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts to compare the segments of paths with, one after the other. Immutable. */
final class Literals {
  private final String[] texts;
  private final byte[][] bytes;

  private Literals(String[] texts) {
    this.texts = texts;
    this.bytes =
        Arrays.stream(texts)
            .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)) // no plain segment has a ?
            .toArray(byte[][]::new);
  }

  static Literals of(String... texts) {
    return new Literals(texts.clone());
  }

  /** These and another one, behind them. */
  Literals and(String text) {
    String[] more = Arrays.copyOf(texts, texts.length + 1);
    more[texts.length] = text;
    return new Literals(more);
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
      if (bytes[i].length == end - start && isAt(bytes[i], raw, start)) {
        return i;
      }
    }
    return -1;
  }

  /** Quicker than {@code Arrays.equals} for a few bytes, and every request asks for many. */
  private static boolean isAt(byte[] text, byte[] raw, int start) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] != raw[start + i]) {
        return false;
      }
    }
    return true;
  }
}
