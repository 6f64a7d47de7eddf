package io.chromaauth.demo.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A way to send credentials, with the settings of a server that takes them. */
enum Scheme {
  BASIC("basic", "admin:correct horse", "rita:battery staple", "admin:wrong horse"),
  BEARER("bearer", "admin-token-12345", "rita-token-67890", "wrong-token-00000"),
  X_CHROMA_TOKEN("x-chroma-token", "admin-token-12345", "rita-token-67890", "wrong-token-00000");

  // of "correct horse" and "battery staple", as htpasswd -B -C 5 writes them
  private static final String HTPASSWD =
      """
      admin:$2y$05$ww676CM4rX5T//8CAQI5aeT1JrqELF5znKCfGxJjh7rOxVN6YfSU2
      rita:$2y$05$lje4aSGkf9T4lRAUKTgdY.s4RilD08OreY5biEiqPsc56ox/jQ2Gq
      """;

  private static final String USERS =
      """
      users:
        - {id: admin, tokens: [admin-token-12345]}
        - {id: rita, tokens: [rita-token-67890]}
      """;

  /** A role as a team would have written it for Chroma 0.6, and one that we know. */
  private static final String RULES =
      """
      roles_mapping:
        only_reads:
          actions:
            - "tenant:get_tenant"
            - "db:get_database"
            - "db:list_collections"
            - "db:count_collections"
            - "collection:get_collection"
            - "collection:get"
            - "collection:query"
            - "collection:count"
      users:
        - {id: admin, role: admin}
        - {id: rita, role: only_reads}
      """;

  private final String clientName;
  private final String admin;
  private final String reader;
  private final String wrong;

  Scheme(String clientName, String admin, String reader, String wrong) {
    this.clientName = clientName;
    this.admin = admin;
    this.reader = reader;
    this.wrong = wrong;
  }

  String clientName() {
    return clientName;
  }

  String admin() {
    return admin;
  }

  String reader() {
    return reader;
  }

  String wrong() {
    return wrong;
  }

  /** What no output may show. */
  List<String> secrets() {
    return List.of("correct horse", "battery staple", "admin-token-12345", "rita-token-67890");
  }

  /** The environment block of Chroma 0.6, with its files in a folder. */
  Map<String, String> settings(Path folder) throws IOException {
    boolean basic = this == BASIC;
    Path credentials = folder.resolve(basic ? "server.htpasswd" : "users.yaml");
    Path rules = folder.resolve("authz.yaml");
    Files.writeString(credentials, basic ? HTPASSWD : USERS);
    Files.writeString(rules, RULES);
    return Map.of(
        "CHROMA_SERVER_AUTHN_PROVIDER",
        basic
            ? "chromadb.auth.basic_authn.BasicAuthenticationServerProvider"
            : "chromadb.auth.token_authn.TokenAuthenticationServerProvider",
        "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
        credentials.toString(),
        "CHROMA_SERVER_AUTHZ_PROVIDER",
        "chromadb.auth.simple_rbac_authz.SimpleRBACAuthorizationProvider",
        "CHROMA_SERVER_AUTHZ_CONFIG_FILE",
        rules.toString());
  }
}
