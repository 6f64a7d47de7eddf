package io.chromaauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password, token or key. Prints as {@code ***}, compares in constant time, and every place that
 * needs the text says so with {@link #reveal}.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** The secret of this text, taken as it is. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself; never to be logged, printed or put into an exception. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  /** The same for all secrets, so that no hash of one leaves this class. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
