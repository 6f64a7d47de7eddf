package io.chromaauth.authn;

import io.chromaauth.Secret;
import java.util.Optional;
import org.mindrot.jbcrypt.BCrypt;

/**
 * A bcrypt hash as htpasswd writes it. The only class that knows jBCrypt, which reads {@code $2a$}
 * alone: {@code $2b$} and {@code $2y$} name the same function for passwords of at most 72 bytes.
 */
record BcryptHash(String text) {
  /** What is accepted: lower is too weak, higher takes seconds a login. */
  static final int LEAST_COST = 4;

  static final int MOST_COST = 16;

  private static final int LENGTH = 60;

  /** Of the prefix with the cost; behind it are 53 characters of salt and hash. */
  private static final int PREFIX = 7;

  /** The hash of this form, or empty if the text is something else. */
  static Optional<BcryptHash> parse(String text) {
    return text.length() == LENGTH && hasPrefix(text) && hasTail(text)
        ? Optional.of(new BcryptHash(text))
        : Optional.empty();
  }

  private static boolean hasPrefix(String text) {
    return text.startsWith("$2")
        && "aby".indexOf(text.charAt(2)) >= 0
        && text.charAt(3) == '$'
        && isDigit(text.charAt(4))
        && isDigit(text.charAt(5))
        && text.charAt(6) == '$';
  }

  // no regular expression: a file may have a million lines
  private static boolean hasTail(String text) {
    for (int i = PREFIX; i < LENGTH; i++) {
      if (!isOfBase64(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfBase64(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '.' || c == '/';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A hash of no password, which costs as much to check as a real one. */
  static BcryptHash ofNothing(int cost) {
    return new BcryptHash("$2a$%02d$".formatted(cost) + ".".repeat(53));
  }

  /** A password's hash with a new salt, as htpasswd writes it. */
  static String of(Secret password, int cost) {
    return "$2y" + BCrypt.hashpw(password.reveal(), BCrypt.gensalt(cost)).substring(3);
  }

  /** The binary logarithm of the number of rounds. */
  int cost() {
    return (text.charAt(4) - '0') * 10 + text.charAt(5) - '0';
  }

  /** Whether the password is the hashed one; takes tens of milliseconds at cost 10. */
  boolean matches(Secret password) {
    return BCrypt.checkpw(password.reveal(), readable());
  }

  /** Takes as long as {@link #matches} and says nothing. */
  void spendTheTimeOf(Secret password) {
    BCrypt.hashpw(password.reveal(), readable());
  }

  /** As jBCrypt reads it. */
  private String readable() {
    return "$2a" + text.substring(3);
  }

  @Override
  public String toString() {
    return "BcryptHash[***]";
  }
}
