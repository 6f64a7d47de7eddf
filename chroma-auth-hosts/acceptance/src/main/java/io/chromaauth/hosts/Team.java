package io.chromaauth.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mindrot.jbcrypt.BCrypt;

/** Who there is, and what each may do. */
public final class Team {
  /** Below this are alice's own collections. */
  public static final String MINE = "/api/v2/tenants/acme/databases/docs/collections";

  /** Below this are those of others. */
  public static final String FOREIGN = "/api/v2/tenants/globex/databases/docs/collections";

  private static final String USERS =
      """
      users:
      - {id: root, tokens: [root-token]}
      - {id: alice, tokens: [alice-token], tenant: acme}
      - {id: rita, tokens: [rita-token], tenant: acme}
      - {id: solo, tokens: [solo-token], tenant: acme, databases: [docs]}
      - {id: mallory, tokens: [mallory-token], tenant: acme, databases: [none]}
      """;
  private static final String RULES =
      """
      roles_mapping: {}
      users:
      - {id: root, role: admin}
      - {id: alice, roles: [writer]}
      - {id: rita, role: reader}
      - {id: solo, role: admin}
      - {id: mallory, role: reader}
      - {id: bob, role: admin, tenant: acme}
      """;

  private Team() {}

  /** The team's settings: tokens and passwords, roles and bounds. */
  public static Map<String, String> settings(String... more) {
    Path folder = Path.of("target", "team").toAbsolutePath();
    Map<String, String> settings = new HashMap<>();
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", "basic,token");
    String htpasswd = "bob:" + BCrypt.hashpw("bob-password", BCrypt.gensalt(4)) + "\n";
    settings.put(
        "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
        file(folder, "htpasswd", htpasswd) + "," + file(folder, "users.yaml", USERS));
    settings.put("CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac");
    settings.put("CHROMA_SERVER_AUTHZ_CONFIG", RULES);
    settings.put("CHROMA_AUTH_RELOAD_INTERVAL", "0");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private static String file(Path folder, String name, String text) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Files.writeString(file, text);
      }
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
