package io.chromaauth.authn;

import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads htpasswd lines: {@code user:bcrypt-hash}, many users, blank lines and {@code #} comments,
 * LF or CRLF. No message ever holds a hash.
 */
public final class HtpasswdFile {
  private static final String EXPECTED = "user:bcrypt-hash";

  /** How a file of token users begins. */
  private static final String YAML = "users:";

  private final Place source;
  private final Faults faults;
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  /** The lines of the accounts, by number. */
  private int[] lines = new int[16];

  /** The lines of users whose hashes are not right. */
  private final Map<String, Integer> refused = new HashMap<>();

  private int line;
  private boolean faulty;

  private HtpasswdFile(Place source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  /**
   * Every user by name, in the order of the text, after noting what is wrong; a text without users
   * is a fault.
   */
  static Map<String, Account> parse(String text, Place source, Faults faults) {
    HtpasswdFile file = new HtpasswdFile(source, faults);
    if (text.contains(YAML) && text.lines().anyMatch(line -> line.startsWith(YAML))) {
      String fix = "CHROMA_SERVER_AUTHN_PROVIDER=token";
      faults.add(source, "token users in YAML", "htpasswd lines, " + EXPECTED, fix);
      return file.accounts;
    }
    text.lines().forEach(file::readLine);
    if (file.accounts.isEmpty() && file.refused.isEmpty() && !file.faulty) {
      faults.add(source, "no users", EXPECTED, "htpasswd -B FILE USER");
    }
    return file.accounts;
  }

  private void readLine(String text) {
    line++;
    String entry = text.strip();
    if (!entry.isEmpty() && !entry.startsWith("#")) {
      readEntry(entry);
    }
  }

  private void readEntry(String entry) {
    int colon = entry.indexOf(':');
    if (colon <= 0) {
      fault(colon < 0 ? "a line without a colon" : "a line without a user", null);
      return;
    }
    String user = entry.substring(0, colon);
    if (hasControls(user)) {
      fault("a control character in a user's name", null);
      return;
    }
    int before = lineOf(user);
    if (before > 0) {
      fault("the user '" + user + "' again", "remove this line or line " + before);
      return;
    }
    readHash(user, entry.substring(colon + 1));
  }

  private static boolean hasControls(String user) {
    for (int i = 0; i < user.length(); i++) {
      if (Character.isISOControl(user.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The line on which a user stands already, or 0. */
  private int lineOf(String user) {
    Account account = accounts.get(user);
    return account == null ? refused.getOrDefault(user, 0) : lines[account.number()];
  }

  private void readHash(String user, String text) {
    Optional<BcryptHash> hash = BcryptHash.parse(text);
    if (hash.isEmpty()) {
      refuseHash(user, text);
    } else if (hash.get().cost() < BcryptHash.LEAST_COST
        || hash.get().cost() > BcryptHash.MOST_COST) {
      refused.put(user, line);
      faults.add(
          source.line(line),
          "bcrypt cost " + hash.get().cost() + " for the user '" + user + "'",
          "a cost from " + BcryptHash.LEAST_COST + " to " + BcryptHash.MOST_COST,
          "htpasswd -B -C 10 FILE '" + user + "'");
    } else {
      add(user, hash.get());
    }
  }

  private void add(String user, BcryptHash hash) {
    int number = accounts.size();
    if (number == lines.length) {
      lines = Arrays.copyOf(lines, 2 * number);
    }
    lines[number] = line;
    accounts.put(user, new Account(number, user, hash));
  }

  private void refuseHash(String user, String text) {
    refused.put(user, line);
    // what is no hash may be a secret, and then what stands before it as well
    boolean hashed = text.matches("(\\$|\\{SHA}).*");
    faults.add(
        source.line(line),
        kindOf(text) + (hashed ? " for the user '" + user + "'" : ""),
        "a bcrypt hash ($2a$, $2b$ or $2y$)",
        text.startsWith("$$2")
            ? "write each dollar sign once"
            : "htpasswd -B FILE " + (hashed ? "'" + user + "'" : "USER"));
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

  private void fault(String found, @Nullable String fix) {
    faulty = true;
    faults.add(source.line(line), found, EXPECTED, fix);
  }
}
