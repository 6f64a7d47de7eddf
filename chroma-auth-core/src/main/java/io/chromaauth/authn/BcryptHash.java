package io.chromaauth.authn;

import io.chromaauth.Secret;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mindrot.jbcrypt.BCrypt;

/**
 * A bcrypt hash as htpasswd writes it. The only class that knows jBCrypt, which reads {@code $2a$}
 * alone: {@code $2b$} and {@code $2y$} name the same function for passwords of at most 72 bytes.
 */
record BcryptHash(String text) {
  /** What is accepted: lower is too weak, higher takes seconds a login. */
  static final int LEAST_COST = 4;

  static final int MOST_COST = 16;

  private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");

  /** The hash of this form, or empty if the text is something else. */
  static Optional<BcryptHash> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new BcryptHash("$2a" + text.substring(3)))
        : Optional.empty();
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
    return Integer.parseInt(text.substring(4, 6));
  }

  /** Whether the password is the hashed one; takes tens of milliseconds at cost 10. */
  boolean matches(Secret password) {
    return BCrypt.checkpw(password.reveal(), text);
  }

  /** Takes as long as {@link #matches} and says nothing. */
  void spendTheTimeOf(Secret password) {
    BCrypt.hashpw(password.reveal(), text);
  }

  @Override
  public String toString() {
    return "BcryptHash[***]";
  }
}
