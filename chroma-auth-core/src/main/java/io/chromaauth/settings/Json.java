package io.chromaauth.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259) that strangers send, and is strict: no key twice, no unpaired surrogate, no
 * deep nesting. Gives {@link Map}, {@link List}, {@link String}, {@link Double}, {@link Boolean}
 * and {@link Null}.
 */
public final class Json {
  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 40;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** The value {@code null}. */
  public enum Null {
    NULL
  }

  /** The one object in these bytes of UTF-8; empty if they are anything else. */
  public static Optional<Map<String, Object>> object(byte[] utf8) {
    try {
      return object(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The one object in this text; empty if it is anything else. */
  public static Optional<Map<String, Object>> object(String text) {
    Json json = new Json(text);
    try {
      json.space();
      Map<String, Object> object = json.object(1);
      json.space();
      return json.at == text.length() ? Optional.of(object) : Optional.empty();
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private Object value(int depth) {
    space();
    char first = peek();
    return switch (first) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Null.NULL);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    enter('{', depth);
    Map<String, Object> object = new LinkedHashMap<>();
    if (ends('}')) {
      return object;
    }
    do {
      space();
      String key = string();
      space();
      expect(':');
      if (object.put(key, value(depth)) != null) {
        throw new Malformed();
      }
    } while (continues('}'));
    return object;
  }

  private List<Object> array(int depth) {
    enter('[', depth);
    List<Object> array = new ArrayList<>();
    if (ends(']')) {
      return array;
    }
    do {
      array.add(value(depth));
    } while (continues(']'));
    return array;
  }

  private void enter(char bracket, int depth) {
    expect(bracket);
    if (depth > DEEPEST) {
      throw new Malformed();
    }
  }

  private boolean ends(char bracket) {
    space();
    if (peek() != bracket) {
      return false;
    }
    at++;
    return true;
  }

  private boolean continues(char bracket) {
    if (ends(bracket)) {
      return false;
    }
    expect(',');
    return true;
  }

  private String string() {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw new Malformed();
      }
      result.append(c == '\\' ? escaped() : c);
    }
    at++;
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(result)) {
      throw new Malformed(); // half a character
    }
    return result.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw new Malformed();
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new Malformed();
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private Double number() {
    Matcher matcher = NUMBER.matcher(text).region(at, Math.min(text.length(), at + LONGEST_NUMBER));
    if (!matcher.lookingAt()) {
      throw new Malformed();
    }
    at = matcher.end();
    return Double.valueOf(matcher.group());
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw new Malformed();
    }
    at += word.length();
    return value;
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new Malformed();
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw new Malformed();
    }
    return text.charAt(at);
  }

  /** Says nothing of the text, which may hold a secret. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("malformed JSON", null, false, false);
    }
  }
}
