package io.chromaauth.authn;

import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads htpasswd lines: {@code user:bcrypt-hash}, many users, blank lines and {@code #} comments,
 * LF or CRLF. No message ever holds a hash.
 */
public final class HtpasswdFile {
  private static final String EXPECTED = "user:bcrypt-hash";

  private final Place source;
  private final Faults faults;
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private boolean faulty;

  private HtpasswdFile(Place source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  /** Every user by name, after noting what is wrong; a text without users is a fault. */
  static Map<String, Account> parse(String text, Place source, Faults faults) {
    HtpasswdFile file = new HtpasswdFile(source, faults);
    List<String> all = text.lines().toList();
    if (all.stream().anyMatch(line -> line.startsWith("users:"))) {
      String fix = "CHROMA_SERVER_AUTHN_PROVIDER=token";
      faults.add(source, "token users in YAML", "htpasswd lines, " + EXPECTED, fix);
      return file.accounts;
    }
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        file.readLine(line, i + 1);
      }
    }
    if (file.lines.isEmpty() && !file.faulty) {
      faults.add(source, "no users", EXPECTED, "htpasswd -B FILE USER");
    }
    return file.accounts;
  }

  private void readLine(String line, int number) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      fault(number, colon < 0 ? "a line without a colon" : "a line without a user", null);
      return;
    }
    String user = line.substring(0, colon);
    if (user.chars().anyMatch(Character::isISOControl)) {
      fault(number, "a control character in a user's name", null);
      return;
    }
    Integer before = lines.putIfAbsent(user, number);
    if (before != null) {
      fault(number, "the user '" + user + "' again", "remove this line or line " + before);
      return;
    }
    readHash(user, line.substring(colon + 1), number);
  }

  private void readHash(String user, String text, int number) {
    Optional<BcryptHash> hash = BcryptHash.parse(text);
    if (hash.isEmpty()) {
      // what is no hash may be a secret, and then what stands before it as well
      boolean hashed = text.matches("(\\$|\\{SHA}).*");
      faults.add(
          source.line(number),
          kindOf(text) + (hashed ? " for the user '" + user + "'" : ""),
          "a bcrypt hash ($2a$, $2b$ or $2y$)",
          text.startsWith("$$2")
              ? "write each dollar sign once"
              : "htpasswd -B FILE " + (hashed ? "'" + user + "'" : "USER"));
    } else if (hash.get().cost() < BcryptHash.LEAST_COST
        || hash.get().cost() > BcryptHash.MOST_COST) {
      faults.add(
          source.line(number),
          "bcrypt cost " + hash.get().cost() + " for the user '" + user + "'",
          "a cost from " + BcryptHash.LEAST_COST + " to " + BcryptHash.MOST_COST,
          "htpasswd -B -C 10 FILE '" + user + "'");
    } else {
      accounts.put(user, new Account(accounts.size(), user, hash.get()));
    }
  }

  private static String kindOf(String text) {
    if (text.isEmpty()) {
      return "no hash";
    }
    if (text.startsWith("$apr1$") || text.startsWith("$1$")) {
      return "an MD5 hash";
    }
    if (text.startsWith("{SHA}")) {
      return "a SHA-1 hash";
    }
    if (text.startsWith("$5$") || text.startsWith("$6$")) {
      return "a SHA-2 crypt hash";
    }
    if (text.startsWith("$$2")) {
      return "a hash with doubled dollar signs";
    }
    return text.startsWith("$2") ? "a damaged bcrypt hash" : "a DES hash or plain text";
  }

  private void fault(int number, String found, @Nullable String fix) {
    faulty = true;
    faults.add(source.line(number), found, EXPECTED, fix);
  }
}
