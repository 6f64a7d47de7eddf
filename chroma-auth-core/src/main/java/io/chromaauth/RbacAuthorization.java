package io.chromaauth;

import io.chromaauth.authz.Rbac;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Chroma's SimpleRBAC: roles that name actions, users that have roles. */
public final class RbacAuthorization {
  private RbacAuthorization() {}

  /**
   * The rules of a file with {@code roles_mapping} and {@code users}, read once.
   *
   * @param hostActions actions of the host's own, beside Chroma's, that roles may name
   * @throws ConfigException with everything that is wrong with the file
   */
  public static AuthorizationProvider of(Path file, AuthzAction... hostActions) {
    Faults faults = new Faults();
    String text = TextFile.read(file, Place.of("authorization"), faults).orElse("");
    faults.throwIfAny();
    Rbac rbac =
        Rbac.parse(
            text, Place.of(file.toString()), List.of(hostActions), faults, new ArrayList<>());
    faults.throwIfAny();
    return rbac;
  }
}
