package io.chromaauth.hosts;

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
      - {id: carla, tokens: [carla-token]}
      - {id: vic, tokens: [vic-token]}
      - {id: nora, tokens: [nora-token]}
      - {id: mallory, tokens: [mallory-token], tenant: acme, databases: [none]}
      """;
  private static final String HTPASSWD =
      "bob:" + BCrypt.hashpw("bob-password", BCrypt.gensalt(4)) + "\n";
  static final String RULES =
      """
      roles_mapping: {}
      users:
      - {id: root, role: admin}
      - {id: alice, roles: [writer]}
      - {id: rita, role: reader}
      - {id: solo, role: admin}
      - {id: carla, tokens: [carla-token]}
      - {id: vic, tokens: [vic-token]}
      - {id: nora, tokens: [nora-token]}
      - {id: mallory, role: reader}
      - {id: bob, role: admin, tenant: acme}
      """;

  private Team() {}

  /** The team's settings: tokens and passwords, roles and bounds. */
  public static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", "basic,token");
    settings.put(
        "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
        Workspace.file("htpasswd", HTPASSWD) + "," + Workspace.file("users.yaml", USERS));
    settings.put("CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac");
    settings.put("CHROMA_SERVER_AUTHZ_CONFIG", RULES);
    settings.put("CHROMA_AUTH_RELOAD_INTERVAL", "0");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }
}
