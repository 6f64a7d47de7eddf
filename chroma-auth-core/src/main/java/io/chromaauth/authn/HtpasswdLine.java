package io.chromaauth.authn;

import io.chromaauth.Secret;
import java.nio.charset.StandardCharsets;

/** Makes lines of htpasswd, as {@code htpasswd -B} does. */
public final class HtpasswdLine {
  private HtpasswdLine() {}

  /**
   * A line for a user, without a line's end.
   *
   * @param cost the binary logarithm of bcrypt's rounds, 4 to 16
   * @throws IllegalArgumentException if no such user could log in with it, in words for people
   */
  public static String of(String user, Secret password, int cost) {
    String text = password.reveal();
    require(
        !user.isEmpty() && user.indexOf(':') < 0, "a user's name is not empty, without a colon");
    require(
        user.chars().noneMatch(Character::isISOControl) && !user.startsWith("#"),
        "a user's name has no control characters and no # at its beginning");
    require(user.equals(user.strip()), "a user's name has no blanks around it");
    require(!text.isEmpty() && text.indexOf('\0') < 0, "the password is empty or holds a NUL");
    require(
        text.getBytes(StandardCharsets.UTF_8).length <= BasicAuthenticator.LONGEST_PASSWORD_BYTES,
        "the password is longer than the 72 bytes that bcrypt reads");
    require(cost >= BcryptHash.LEAST_COST && cost <= BcryptHash.MOST_COST, "the cost is 4 to 16");
    return user + ":" + BcryptHash.of(password, cost);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
