package io.chromaauth.servlet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A path as the segments that a server sees in it, each decoded once. What two servers might read
 * differently is ambiguous: an empty or dot segment, {@code ;}, a backslash, an encoded {@code / \
 * % ; .}, a control character, bytes that are not UTF-8, a fragment.
 *
 * <p>The text of a segment is made when somebody asks for it: every request has a path, and of most
 * segments nobody wants more than a comparison. Immutable.
 */
final class RequestPath {
  private static final RequestPath AMBIGUOUS = new RequestPath(new byte[0]);

  /** Bytes that mean something to a parser of paths and so must not come encoded. */
  private static final String NEVER_ENCODED = "/\\%;.";

  private static final byte ENCODED = 1;
  private static final byte NEVER = 2;
  private static final byte SLASH = 4;

  /** By byte: what it does to a segment in which it stands; nothing for most. */
  private static final byte[] EFFECT = new byte[256];

  static {
    for (int i = 0; i < EFFECT.length; i++) {
      boolean never = i <= ' ' || i >= 0x7F || "\\;#?\"<>^`{|}".indexOf(i) >= 0;
      EFFECT[i] = never ? NEVER : i == '%' ? ENCODED : 0;
    }
    EFFECT['/'] = SLASH;
  }

  /** More segments than any of Chroma's paths has. */
  private static final int USUAL = 12;

  private final byte[] raw;

  /** Where each segment ends; the next begins one behind. */
  private int[] ends = new int[USUAL];

  private int size;

  /** All of them, if they were not all plain in the raw path. */
  private String @Nullable [] decoded;

  private RequestPath(byte[] raw) {
    this.raw = raw;
  }

  /** A path of these segments. */
  static RequestPath of(List<String> segments) {
    RequestPath path = new RequestPath(new byte[0]);
    path.size = segments.size();
    path.decoded = segments.toArray(String[]::new);
    return path;
  }

  /**
   * The segments of a raw path. One final slash is dropped.
   *
   * @param path the request URI's path, still encoded, beginning with {@code /}
   */
  static RequestPath parse(String path) {
    if (path.isEmpty() || path.charAt(0) != '/' || path.equals("//")) {
      return AMBIGUOUS;
    }
    // what is not Latin-1 becomes a ?, two chars may become one
    byte[] raw = path.getBytes(StandardCharsets.ISO_8859_1);
    int length = raw.length > 1 && raw[raw.length - 1] == '/' ? raw.length - 1 : raw.length;
    RequestPath parsed = new RequestPath(raw);
    return parsed.read(length) ? parsed : AMBIGUOUS;
  }

  /** Whether it can be read in one way only. */
  private boolean read(int length) {
    byte[] bytes = raw;
    int effects = 0;
    for (int start = 1; start < length; start = ends[size - 1] + 1) {
      int end = start;
      while (end < length && EFFECT[bytes[end] & 0xFF] == 0) { // nearly all of it
        end++;
      }
      while (end < length && bytes[end] != '/') {
        effects |= EFFECT[bytes[end++] & 0xFF];
      }
      if (!add(start, end) || end == length - 1) { // an empty last segment
        return false;
      }
    }
    return (effects & NEVER) == 0 && ((effects & ENCODED) == 0 || decodeAll());
  }

  /** Adds a segment unless it is empty or dots. */
  private boolean add(int start, int end) {
    int length = end - start;
    if (length == 0 || (length <= 2 && raw[start] == '.' && raw[end - 1] == '.')) {
      return false;
    }
    ends = size == ends.length ? Arrays.copyOf(ends, size * 2) : ends;
    ends[size++] = end;
    return true;
  }

  /** Whether two servers might read the path differently; it has no segments then. */
  boolean ambiguous() {
    return this == AMBIGUOUS;
  }

  /** How many segments it has. */
  int size() {
    return size;
  }

  /** The text of a segment, made anew. */
  String segment(int index) {
    if (decoded != null) {
      return decoded[index];
    }
    int start = start(index);
    return new String(raw, start, ends[index] - start, StandardCharsets.ISO_8859_1);
  }

  /** The same, without making it if it is one of these. */
  String segment(int index, Literals likely) {
    int known = indexIn(likely, index);
    return known < 0 ? segment(index) : likely.text(known);
  }

  /** Which of these texts a segment is, or -1. */
  int indexIn(Literals literals, int index) {
    return decoded == null
        ? literals.indexOf(raw, start(index), ends[index])
        : literals.indexOf(decoded[index]);
  }

  /** The UUID that a segment is, or null if it is none of 36 characters. */
  @Nullable UUID uuid(int index) {
    if (decoded == null) {
      return CanonicalUuid.parse(raw, start(index), ends[index]);
    }
    byte[] text = decoded[index].getBytes(StandardCharsets.ISO_8859_1);
    return CanonicalUuid.parse(text, 0, text.length);
  }

  /** All texts. */
  List<String> segments() {
    String[] all = new String[size];
    Arrays.setAll(all, this::segment);
    return Collections.unmodifiableList(Arrays.asList(all));
  }

  private int start(int index) {
    return index == 0 ? 1 : ends[index - 1] + 1;
  }

  /** Decodes what is encoded; false if it can't be. */
  private boolean decodeAll() {
    String[] texts = new String[size];
    for (int i = 0; i < size; i++) {
      String text = decode(segment(i));
      if (text == null) {
        return false;
      }
      texts[i] = text;
    }
    decoded = texts;
    return true;
  }

  private static @Nullable String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
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
