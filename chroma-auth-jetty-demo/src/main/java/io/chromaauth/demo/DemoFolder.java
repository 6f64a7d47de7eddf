package io.chromaauth.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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
  private static final String TOKENS = "tokens.txt";
  private static final List<String> USERS = List.of("admin", "writer", "reader");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Opens the folder, and fills it where it is new. */
  static DemoFolder open(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Files.createDirectories(absolute, onlyOwner("rwx------"));
    Path file = absolute.resolve(TOKENS);
    if (!Files.exists(file)) {
      write(absolute);
    }
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int blank = line.indexOf(' ');
      if (blank > 0 && !line.startsWith("#")) {
        tokens.put(line.substring(0, blank), line.substring(blank + 1).strip());
      }
    }
    if (!tokens.keySet().containsAll(USERS)) {
      throw new IOException(
          file + " lacks the token of one of " + USERS + "; fix: delete it, new ones are made");
    }
    return new DemoFolder(absolute, tokens);
  }

  /** The token users' file. */
  Path users() {
    return folder.resolve("users.yaml");
  }

  /** The rules' file. */
  Path roles() {
    return folder.resolve("roles.yaml");
  }

  /** Where the store is. */
  Path data() {
    return folder.resolve("data");
  }

  /** The tokens last: a first run that is broken off begins anew. */
  private static void write(Path folder) throws IOException {
    Map<String, String> tokens = new LinkedHashMap<>();
    USERS.forEach(user -> tokens.put(user, random()));
    StringBuilder users = new StringBuilder("# made by chroma-auth demo; the tokens: " + TOKENS);
    users.append("\nusers:\n");
    StringBuilder listed =
        new StringBuilder("# the demo's tokens; delete this file for new ones\n");
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
    write(folder.resolve("users.yaml"), users.toString());
    write(
        folder.resolve("roles.yaml"),
        """
        # made by chroma-auth demo; reader, writer and admin exist without being defined
        roles_mapping: {}
        users:
          - {id: admin, role: admin}
          - {id: writer, role: writer}
          - {id: reader, role: reader}
        """);
    write(folder.resolve(TOKENS), listed.toString());
  }

  private static String random() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(part, onlyOwner("rw-------"));
    Files.write(part, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] onlyOwner(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
