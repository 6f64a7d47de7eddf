package io.chromaauth.servlet;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Secret;
import io.chromaauth.Settings;
import io.chromaauth.authn.HtpasswdLine;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.ProviderNames;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A filter over files with as many users as wanted: even ones are {@code writer}, odd ones {@code
 * reader}. The files go with the JVM.
 */
final class Site {
  static final String TENANT = "default_tenant";
  static final String DATABASE = "default_database";
  static final String ID = "3f2a9d1e-6b1c-4a59-9d3a-0c8f1b2e7a44";
  static final String COLLECTION =
      "/api/v2/tenants/" + TENANT + "/databases/" + DATABASE + "/collections/" + ID;

  private static final String KEY = "0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String PASSWORD = "correct horse";
  private static final int COST = 5;

  private final int users;
  private final boolean rules;

  Site(int users) {
    this(users, true);
  }

  /**
   * @param rules whether users have roles; else everybody may do everything within its bounds
   */
  Site(int users, boolean rules) {
    this.users = users;
    this.rules = rules;
  }

  /** What bounds every user: nothing, or what stands in the users' entries. */
  enum Bound {
    NONE(""),
    TENANT(", tenant: " + Site.TENANT),
    DATABASE(", tenant: " + Site.TENANT + ", databases: [" + Site.DATABASE + "]"),
    PATTERN(DATABASE.yaml + ", collections: [docs-*]");

    private final String yaml;

    Bound(String yaml) {
      this.yaml = yaml;
    }
  }

  /** With tokens, and a resolver that knows the one collection. */
  ChromaAuthFilter tokens(Bound bound) throws IOException {
    return filter(tokenSettings(bound));
  }

  /** The settings for it, with their files. */
  Settings tokenSettings(Bound bound) throws IOException {
    Path folder = Files.createTempDirectory("bench");
    Path file = folder.resolve("users.yaml");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("users:\n");
      for (int i = 0; i < users; i++) {
        out.write("- {id: " + name(i) + ", tokens: [" + token(i) + "]" + bound.yaml + "}\n");
      }
    }
    return settings("token", file, Map.of());
  }

  /**
   * With passwords.
   *
   * @param remembered how many verified ones are remembered
   */
  ChromaAuthFilter basic(int remembered) throws IOException {
    return filter(basicSettings(remembered));
  }

  /** The settings for it, with their files. */
  Settings basicSettings(int remembered) throws IOException {
    Path file = Files.createTempDirectory("bench").resolve("users.htpasswd");
    String line = HtpasswdLine.of("x", Secret.of(PASSWORD), COST);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < users; i++) {
        out.write(name(i) + line.substring(1) + "\n");
      }
    }
    return settings("basic", file, Map.of(Names.CACHE_SIZE, String.valueOf(remembered)));
  }

  /** With JWTs. */
  ChromaAuthFilter jwts() throws IOException {
    Path file = Files.createTempDirectory("bench").resolve("secret");
    Files.writeString(file, KEY);
    Map<String, String> settings =
        Map.of(
            Names.JWT_SECRET_FILE, file.toString(),
            Names.JWT_ALGORITHMS, "HS256",
            Names.JWT_ISSUER, "bench",
            Names.JWT_AUDIENCE, "chroma",
            Names.JWT_ROLES_CLAIM, "roles");
    return filter(settings("jwt", null, settings));
  }

  private Settings settings(String provider, @Nullable Path credentials, Map<String, String> more)
      throws IOException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put(Names.AUTHN_PROVIDER, provider);
    settings.put(Names.RELOAD_INTERVAL, "0");
    settings.put(Names.THROTTLE, "off"); // or 401 would soon be 429
    if (rules) {
      settings.put(Names.AUTHZ_PROVIDER, ProviderNames.authorizationNames().get(0));
      settings.put(Names.AUTHZ_CONFIG_FILE, rules(credentials == null ? 0 : users).toString());
    }
    if (credentials != null) {
      credentials.toFile().deleteOnExit();
      settings.put(Names.AUTHN_CREDENTIALS_FILE, credentials.toString());
    }
    return Settings.of("bench", settings);
  }

  private static Path rules(int users) throws IOException {
    Path file = Files.createTempDirectory("bench").resolve("authz.yaml");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("roles_mapping: {}\nusers:" + (users == 0 ? " []\n" : "\n"));
      for (int i = 0; i < users; i++) {
        out.write("- {id: " + name(i) + ", role: " + (i % 2 == 0 ? "writer" : "reader") + "}\n");
      }
    }
    file.toFile().deleteOnExit();
    return file;
  }

  /** A filter with a resolver that knows the one collection. */
  static ChromaAuthFilter filter(Settings settings) {
    return ChromaAuthFilter.builder().settings(settings).resolver(resolver()).build();
  }

  private static CollectionResolver resolver() {
    AuthzResource owner = AuthzResource.of(TENANT, DATABASE, "docs-a");
    return (id, tenant, database) -> new CollectionResolver.Found(owner);
  }

  static String name(int user) {
    return "user" + user;
  }

  private static String token(int user) {
    return "tok-%08x-%032x".formatted(user, user * 0x9E3779B97F4A7C15L);
  }

  static String bearer(int user) {
    return "Bearer " + token(user);
  }

  static String basic(int user, String password) {
    byte[] text = (name(user) + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(text);
  }

  static String rightBasic(int user) {
    return basic(user, PASSWORD);
  }

  /** A JWT that is good for an hour. */
  static String jwt(int user) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String claims =
        "{\"sub\":\"%s\",\"iss\":\"bench\",\"aud\":\"chroma\",\"roles\":[\"writer\"],\"exp\":%d}"
            .formatted(name(user), now + 3600);
    String signed = encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return "Bearer " + signed + "." + base64().encodeToString(signature);
  }

  private static String encoded(String json) {
    return base64().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Base64.Encoder base64() {
    return Base64.getUrlEncoder().withoutPadding();
  }
}
