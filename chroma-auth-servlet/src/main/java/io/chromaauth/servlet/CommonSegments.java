package io.chromaauth.servlet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Segments that many paths have: where one is met, its text is there already, with the hash that
 * the route table asks for. Immutable and thread-safe.
 */
final class CommonSegments {
  private final @Nullable Known[] slots;

  private CommonSegments(@Nullable Known[] slots) {
    this.slots = slots;
  }

  @SuppressWarnings("ArrayRecordComponent") // private to this class, never compared
  private record Known(String text, byte[] bytes) {}

  /** These, none of them empty, all of ASCII. */
  static CommonSegments of(Set<String> segments) {
    @Nullable Known[] slots = new Known[Integer.highestOneBit(segments.size() * 8)];
    for (String segment : segments) {
      byte[] bytes = segment.getBytes(StandardCharsets.ISO_8859_1);
      int at = slot(bytes, 0, bytes.length, slots.length);
      while (slots[at] != null) {
        at = (at + 1) & (slots.length - 1);
      }
      slots[at] = new Known(segment, bytes);
    }
    return new CommonSegments(slots);
  }

  /** The text of a part of a path in Latin-1. */
  String of(byte[] path, int start, int stop) {
    int at = start == stop ? 0 : slot(path, start, stop, slots.length);
    for (Known known = slots[at]; known != null; known = slots[at]) {
      if (Arrays.equals(known.bytes, 0, known.bytes.length, path, start, stop)) {
        return known.text;
      }
      at = (at + 1) & (slots.length - 1);
    }
    return new String(path, start, stop - start, StandardCharsets.ISO_8859_1);
  }

  /** By its length, first and last byte: they tell nearly all of them apart. */
  private static int slot(byte[] path, int start, int stop, int slots) {
    int mixed = (stop - start) * 31 + path[start] * 7 + path[stop - 1];
    return mixed & (slots - 1);
  }
}
