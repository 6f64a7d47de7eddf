package io.chromaauth.servlet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path as the segments that a server sees in it, each decoded once. What two servers might read
 * differently is ambiguous: an empty or dot segment, {@code ;}, a backslash, an encoded {@code / \
 * % ; .}, a control character, bytes that are not UTF-8, a fragment.
 */
record RequestPath(List<String> segments, boolean ambiguous) {
  private static final RequestPath AMBIGUOUS = new RequestPath(List.of(), true);

  /** Bytes that mean something to a parser of paths and so must not come encoded. */
  private static final String NEVER_ENCODED = "/\\%;.";

  private static final byte ENCODED = 1;
  private static final byte NEVER = 2;

  /** By byte: what it does to a segment in which it stands; nothing for most. */
  private static final byte[] EFFECT = new byte[256];

  static {
    for (int i = 0; i < EFFECT.length; i++) {
      boolean never = i <= ' ' || i >= 0x7F || "\\;#?\"<>^`{|}".indexOf(i) >= 0;
      EFFECT[i] = never ? NEVER : i == '%' ? ENCODED : 0;
    }
  }

  private static final CommonSegments COMMON = CommonSegments.of(ChromaRoutes.commonSegments());

  /** A path of these segments. */
  static RequestPath of(List<String> segments) {
    return new RequestPath(segments, false);
  }

  /**
   * The segments of a raw path. One final slash is dropped.
   *
   * @param raw the request URI's path, still encoded, beginning with {@code /}
   */
  static RequestPath parse(String raw) {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      return AMBIGUOUS;
    }
    int end = raw.length() > 1 && raw.endsWith("/") ? raw.length() - 1 : raw.length();
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1); // what is not Latin-1 becomes a ?
    List<String> segments = new ArrayList<>(10);
    int start = 1;
    while (start < end) {
      int effect = 0;
      int stop = start;
      while (stop < end && bytes[stop] != '/') {
        effect |= EFFECT[bytes[stop++] & 0xFF];
      }
      String segment = effect >= NEVER ? null : segment(bytes, start, stop, effect == ENCODED);
      if (segment == null || stop == end - 1) { // nothing decodable, or an empty last segment
        return AMBIGUOUS;
      }
      segments.add(segment);
      start = stop + 1;
    }
    return raw.length() > 1 && segments.isEmpty() ? AMBIGUOUS : of(segments);
  }

  /** A segment decoded once, or null if it is ambiguous. */
  private static @Nullable String segment(byte[] raw, int start, int stop, boolean encoded) {
    String text = COMMON.of(raw, start, stop);
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      return null;
    }
    return encoded ? decode(text) : text;
  }

  private static @Nullable String decode(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = text.charAt(i);
      if (value == '%') {
        value = PercentEncoding.octet(text, i + 1);
        if (value < ' ' || value == 0x7F || NEVER_ENCODED.indexOf(value) >= 0) {
          return null;
        }
        i += 2;
      }
      bytes[length++] = (byte) value;
    }
    return utf8(bytes, length);
  }

  private static @Nullable String utf8(byte[] bytes, int length) {
    String text = PercentEncoding.utf8(bytes, length);
    return text == null || text.chars().anyMatch(RequestPath::breaksLines) ? null : text;
  }

  private static boolean breaksLines(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
