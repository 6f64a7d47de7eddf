package io.chromaauth;

import io.chromaauth.authz.Rbac;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules that were read from a file and can be read from it again. By itself it is what the file
 * said at first; thread-safe.
 */
final class FileRules implements AuthorizationProvider {
  private final Path file;
  private final List<AuthzAction> hostActions;
  private final Rbac first;

  /**
   * Reads the file.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  FileRules(Path file, List<AuthzAction> hostActions) {
    this.file = file;
    this.hostActions = List.copyOf(hostActions);
    Faults faults = new Faults();
    String text = text(faults);
    faults.throwIfAny();
    this.first = parse(text, List.of(), faults, new ArrayList<>());
    faults.throwIfAny();
  }

  Path file() {
    return file;
  }

  /** The file's text now, or an empty one after noting a fault. */
  String text(Faults faults) {
    return TextFile.read(file, Place.of("authorization"), faults).orElse("");
  }

  /** The rules of a text of this file, after noting what is wrong with it. */
  Rbac parse(
      String text, Collection<AuthzAction> moreActions, Faults faults, List<String> warnings) {
    Set<AuthzAction> actions = new LinkedHashSet<>(hostActions);
    actions.addAll(moreActions);
    return Rbac.parse(text, Place.of(file.toString()), actions, faults, warnings);
  }

  @Override
  public Decision authorize(UserIdentity identity, AuthzAction action, AuthzResource resource) {
    return first.authorize(identity, action, resource);
  }

  @Override
  public UserIdentity complete(UserIdentity identity) {
    return first.complete(identity);
  }

  @Override
  public Set<AuthzResource.Level> boundLevels(UserIdentity identity) {
    return first.boundLevels(identity);
  }
}
