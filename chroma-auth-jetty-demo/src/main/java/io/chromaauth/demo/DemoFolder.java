package io.chromaauth.demo;

import io.chromaauth.ConfigException;
import io.chromaauth.ConfigException.Fault;
import io.chromaauth.demo.store.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The demo's folder: users, tokens and roles, made at the first run with random tokens, and the
 * store beside them. Readable to its owner alone.
 *
 * @param folder absolute
 * @param tokens by user, in order
 */
record DemoFolder(Path folder, Map<String, String> tokens) {
  static final String TOKENS = "tokens.txt";
  static final String USERS_FILE = "users.yaml";
  static final String DATA = "data";

  private static final String ROLES_FILE = "roles.yaml";
  private static final List<String> OTHERS = List.of(USERS_FILE, ROLES_FILE);
  private static final String NEW_TOKENS =
      "for new ones stop the demo and delete " + TOKENS + ", " + String.join(" and ", OTHERS);
  private static final List<String> USERS = List.of("admin", "writer", "reader");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Opens the folder, and fills it where it is new. */
  static DemoFolder open(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    OwnerOnly.makeFolder(absolute);
    Path file = absolute.resolve(TOKENS);
    if (!Files.exists(file)) {
      refuseOthers(absolute);
      write(absolute);
    }
    finish(absolute);
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int blank = line.indexOf(' ');
      if (blank > 0 && !line.startsWith("#")) {
        tokens.put(line.substring(0, blank), line.substring(blank + 1).strip());
      }
    }
    for (String user : USERS) {
      if (!tokens.containsKey(user)) {
        throw new ConfigException(
            new Fault(
                file.toString(),
                0,
                null,
                "no token of " + user,
                "one of each of " + String.join(", ", USERS),
                "restore its line, or " + NEW_TOKENS));
      }
    }
    return new DemoFolder(absolute, tokens);
  }

  /** They may have been edited since: without the tokens nobody knows, so they are not replaced. */
  private static void refuseOthers(Path folder) {
    List<String> others = OTHERS.stream().filter(f -> Files.exists(folder.resolve(f))).toList();
    if (!others.isEmpty()) {
      String names = String.join(" and ", others);
      throw new ConfigException(
          new Fault(
              Options.PATH + " " + folder,
              0,
              null,
              names + " without " + TOKENS,
              "all of the demo's files or none",
              "restore "
                  + TOKENS
                  + ", or delete "
                  + names
                  + " too, or give another "
                  + Options.PATH));
    }
  }

  /** The token users' file. */
  Path users() {
    return folder.resolve(USERS_FILE);
  }

  /** The rules' file. */
  Path roles() {
    return folder.resolve(ROLES_FILE);
  }

  /** Where the store is. */
  Path data() {
    return folder.resolve(DATA);
  }

  /**
   * All is written beside its place and the tokens are moved first. So users or roles without
   * tokens are never a first run that was broken off: before the tokens are there it begins anew,
   * afterwards {@link #finish} goes on with it.
   */
  private static void write(Path folder) throws IOException {
    Map<String, String> tokens = new LinkedHashMap<>();
    USERS.forEach(user -> tokens.put(user, random()));
    StringBuilder users = new StringBuilder("# made by chroma-auth demo; the tokens: " + TOKENS);
    users.append("\nusers:\n");
    StringBuilder listed = new StringBuilder("# the demo's tokens; " + NEW_TOKENS + "\n");
    tokens.forEach(
        (user, token) -> {
          users.append("  - id: ").append(user).append('\n');
          users
              .append("    tokens: [\"sha256:")
              .append(DigestUtils.sha256Hex(token))
              .append("\"]\n");
          if (!user.equals("admin")) {
            users.append("    tenant: default_tenant\n    databases: [default_database]\n");
          }
          listed.append(user).append(' ').append(token).append('\n');
        });
    write(part(folder, USERS_FILE), users.toString());
    write(
        part(folder, ROLES_FILE),
        """
        # made by chroma-auth demo; reader, writer and admin exist without being defined
        roles_mapping: {}
        users:
          - {id: admin, role: admin}
          - {id: writer, role: writer}
          - {id: reader, role: reader}
        """);
    write(part(folder, TOKENS), listed.toString());
    Files.move(part(folder, TOKENS), folder.resolve(TOKENS));
  }

  private static void finish(Path folder) throws IOException {
    for (String name : OTHERS) {
      Path part = part(folder, name);
      if (Files.exists(part) && !Files.exists(folder.resolve(name))) {
        Files.move(part, folder.resolve(name));
      }
    }
  }

  private static Path part(Path folder, String name) {
    return folder.resolve(name + ".part");
  }

  private static String random() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    OwnerOnly.makeFile(file);
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }
}
