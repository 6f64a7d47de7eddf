package io.chromaauth.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built-in providers under every name that Chroma gave them: class names and shorthands. */
public final class ProviderNames {
  /** HTTP Basic. */
  public static final String BASIC = "BasicAuthenticationServerProvider";

  /** Static tokens. */
  public static final String TOKEN = "TokenAuthenticationServerProvider";

  /** JWTs; Chroma announced them and never had them. */
  public static final String JWT = "JwtAuthentication";

  /** Whom a servlet container has logged in. */
  public static final String CONTAINER = "ContainerAuthentication";

  /** Role-based access control. */
  public static final String RBAC = "SimpleRBACAuthorizationProvider";

  private static final Map<String, String> AUTHENTICATION = new LinkedHashMap<>();
  private static final Map<String, String> AUTHORIZATION = new LinkedHashMap<>();

  static {
    AUTHENTICATION.put("chromadb.auth.basic_authn.BasicAuthenticationServerProvider", BASIC);
    AUTHENTICATION.put("chromadb.auth.token_authn.TokenAuthenticationServerProvider", TOKEN);
    AUTHENTICATION.put("chromadb.auth.basic.BasicAuthServerProvider", BASIC); // until 0.4.24
    AUTHENTICATION.put("chromadb.auth.token.TokenAuthServerProvider", TOKEN);
    AUTHENTICATION.put("basic", BASIC);
    AUTHENTICATION.put("token", TOKEN);
    AUTHENTICATION.put("jwt", JWT);
    AUTHENTICATION.put("container", CONTAINER);
    AUTHORIZATION.put("chromadb.auth.simple_rbac_authz.SimpleRBACAuthorizationProvider", RBAC);
    AUTHORIZATION.put("chromadb.auth.authz.SimpleRBACAuthorizationProvider", RBAC); // 0.4.24
    AUTHORIZATION.put("simple_rbac", RBAC);
  }

  private ProviderNames() {}

  /** The component behind a value of {@code CHROMA_SERVER_AUTHN_PROVIDER}. */
  public static Optional<String> authentication(String value) {
    return Optional.ofNullable(AUTHENTICATION.get(value));
  }

  /** Whether such a value is that of JWTs. */
  public static boolean isJwt(String value) {
    return JWT.equals(AUTHENTICATION.get(value));
  }

  /** Whether such a value is that of a servlet container's own login. */
  public static boolean isContainer(String value) {
    return CONTAINER.equals(AUTHENTICATION.get(value));
  }

  /** Whether such a value is one of ours that reads credentials. */
  public static boolean hasCredentials(String value) {
    return AUTHENTICATION.containsKey(value) && !isJwt(value) && !isContainer(value);
  }

  /** The component behind a value of {@code CHROMA_SERVER_AUTHZ_PROVIDER}. */
  public static Optional<String> authorization(String value) {
    return Optional.ofNullable(AUTHORIZATION.get(value));
  }

  /** The names of today's authentication providers, then the shorthands and older names. */
  public static List<String> authenticationNames() {
    return List.copyOf(AUTHENTICATION.keySet());
  }

  /** The same for authorization. */
  public static List<String> authorizationNames() {
    return List.copyOf(AUTHORIZATION.keySet());
  }
}
