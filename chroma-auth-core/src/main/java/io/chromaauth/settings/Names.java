package io.chromaauth.settings;

/** Names of the settings: Chroma's (0.5 and 0.6), then ours. */
public final class Names {
  public static final String AUTHN_PROVIDER = "CHROMA_SERVER_AUTHN_PROVIDER";
  public static final String AUTHN_CREDENTIALS = "CHROMA_SERVER_AUTHN_CREDENTIALS";
  public static final String AUTHN_CREDENTIALS_FILE = "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE";
  public static final String TOKEN_HEADER = "CHROMA_AUTH_TOKEN_TRANSPORT_HEADER";
  public static final String AUTHZ_PROVIDER = "CHROMA_SERVER_AUTHZ_PROVIDER";
  public static final String AUTHZ_CONFIG = "CHROMA_SERVER_AUTHZ_CONFIG";
  public static final String AUTHZ_CONFIG_FILE = "CHROMA_SERVER_AUTHZ_CONFIG_FILE";
  public static final String IGNORE_PATHS = "CHROMA_SERVER_AUTH_IGNORE_PATHS";
  public static final String OVERWRITE =
      "CHROMA_OVERWRITE_SINGLETON_TENANT_DATABASE_ACCESS_FROM_AUTH";
  public static final String CORS_ALLOW_ORIGINS = "CHROMA_SERVER_CORS_ALLOW_ORIGINS";

  public static final String DISABLED = "CHROMA_AUTH_DISABLED";
  public static final String COMPAT = "CHROMA_AUTH_COMPAT";
  public static final String PATH_PREFIX = "CHROMA_AUTH_PATH_PREFIX";
  public static final String ROUTES_FILE = "CHROMA_AUTH_ROUTES_FILE";
  public static final String RESOLVER = "CHROMA_AUTH_RESOLVER";
  public static final String INSPECT_LIMIT = "CHROMA_AUTH_INSPECT_LIMIT";
  public static final String CACHE_TTL = "CHROMA_AUTH_CACHE_TTL";
  public static final String CACHE_SIZE = "CHROMA_AUTH_CACHE_SIZE";
  public static final String ALLOWED_ORIGINS = "CHROMA_AUTH_ALLOWED_ORIGINS";
  public static final String AUDIT = "CHROMA_AUTH_AUDIT";
  public static final String BODY_GUARD = "CHROMA_AUTH_BODY_GUARD";
  public static final String UPSTREAM = "CHROMA_AUTH_UPSTREAM";
  public static final String UPSTREAM_HEADER_FILE = "CHROMA_AUTH_UPSTREAM_HEADER_FILE";
  public static final String UPSTREAM_TIMEOUT = "CHROMA_AUTH_UPSTREAM_TIMEOUT";
  public static final String THROTTLE = "CHROMA_AUTH_THROTTLE";
  public static final String TRUSTED_PROXIES = "CHROMA_AUTH_TRUSTED_PROXIES";
  public static final String RELOAD_INTERVAL = "CHROMA_AUTH_RELOAD_INTERVAL";

  public static final String JWT_ISSUER = "CHROMA_AUTH_JWT_ISSUER";
  public static final String JWT_AUDIENCE = "CHROMA_AUTH_JWT_AUDIENCE";
  public static final String JWT_JWKS_URL = "CHROMA_AUTH_JWT_JWKS_URL";
  public static final String JWT_JWKS_FILE = "CHROMA_AUTH_JWT_JWKS_FILE";
  public static final String JWT_SECRET_FILE = "CHROMA_AUTH_JWT_SECRET_FILE";
  public static final String JWT_ALGORITHMS = "CHROMA_AUTH_JWT_ALGORITHMS";
  public static final String JWT_USER_CLAIM = "CHROMA_AUTH_JWT_USER_CLAIM";
  public static final String JWT_ROLES_CLAIM = "CHROMA_AUTH_JWT_ROLES_CLAIM";
  public static final String JWT_TENANT_CLAIM = "CHROMA_AUTH_JWT_TENANT_CLAIM";
  public static final String JWT_DATABASES_CLAIM = "CHROMA_AUTH_JWT_DATABASES_CLAIM";
  public static final String JWT_COLLECTIONS_CLAIM = "CHROMA_AUTH_JWT_COLLECTIONS_CLAIM";
  public static final String JWT_WILDCARD_CLAIMS = "CHROMA_AUTH_JWT_WILDCARD_CLAIMS";
  public static final String JWT_CLOCK_SKEW = "CHROMA_AUTH_JWT_CLOCK_SKEW";

  private Names() {}
}
