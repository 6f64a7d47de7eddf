package com.example;

import io.chromaauth.*;
import java.util.*;

public final class ApiKeys implements AuthenticationProvider {
  private final Map<Secret, UserIdentity> users;

  public ApiKeys(Settings settings) {
    String key = settings.value("MYAPP_API_KEY").orElseThrow();
    Bounds bounds = new Bounds("default_tenant", null, null); // as a user's in a file: null for any
    users = Map.of(Secret.of(key), UserIdentity.of("user1", "api-keys").withBounds(bounds));
  }

  @Override
  public AuthnResult authenticate(RequestHeaders headers) {
    List<String> keys = headers.values("X-API-Key");
    if (keys.isEmpty()) {
      return AuthnResult.NOT_PRESENTED; // the next provider may look
    }
    UserIdentity user = keys.size() == 1 ? users.get(Secret.of(keys.get(0))) : null;
    return user == null ? AuthnResult.wrong("API key") : new AuthnResult.Authenticated(user);
  }

  @Override
  public Set<String> credentialHeaders() {
    return Set.of("X-API-Key"); // never shown to the upstream
  }
}
