package io.chromaauth;

import java.nio.file.Path;
import java.util.List;

/** Chroma's SimpleRBAC: roles that name actions, users that have roles. */
public final class RbacAuthorization {
  private RbacAuthorization() {}

  /**
   * The rules of a file with {@code roles_mapping} and {@code users}, which a filter reads again
   * when it changes.
   *
   * @param hostActions actions of the host's own, beside Chroma's, that roles may name
   * @throws ConfigException with everything that is wrong with the file
   */
  public static AuthorizationProvider of(Path file, AuthzAction... hostActions) {
    return new FileRules(file, List.of(hostActions));
  }
}
