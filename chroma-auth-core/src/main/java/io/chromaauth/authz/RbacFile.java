package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.Bounds;
import io.chromaauth.settings.BoundsYaml;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlReader;
import io.chromaauth.settings.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the authorization configuration of Chroma's SimpleRBAC: {@code roles_mapping} and {@code
 * users}, both of which must be there.
 */
final class RbacFile {
  private static final Set<String> TOP_KEYS = Set.of("roles_mapping", "users");
  private static final Set<String> ROLE_KEYS = Set.of("actions");
  // tokens: the same file may serve as the token users file
  private static final Set<String> USER_KEYS =
      Set.of("id", "role", "roles", "tokens", "tenant", "databases", "collections");
  private static final Map<String, AuthzAction> RENAMED = Map.of("db:reset", AuthzAction.RESET);

  private final Place source;
  private final YamlReader reader;
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, Rbac.User> users = new LinkedHashMap<>();

  private RbacFile(Place source, Faults faults) {
    this.source = source;
    this.reader = new YamlReader(source, faults);
    BuiltInRoles.ACTIONS.forEach(
        (name, actions) ->
            roles.put(name, Role.of(name, actions, Bounds.NONE, "built-in role " + name)));
  }

  /** The policy in a text, after noting what is wrong with it. */
  static Rbac parse(String text, Place source, Faults faults) {
    RbacFile file = new RbacFile(source, faults);
    YamlText.parse(text, source, faults).ifPresent(file::readDocument);
    return new Rbac(source, file.roles, file.users);
  }

  private void readDocument(YamlNode document) {
    Optional<Mapping> top = reader.mapping(document, "roles_mapping and users", TOP_KEYS);
    top.flatMap(m -> reader.required(m, "", "roles_mapping", "roles by name, or {}"))
        .flatMap(node -> reader.mapping(node, "roles_mapping"))
        .ifPresent(mapping -> mapping.entries().forEach(this::readRole));
    List<YamlNode> list =
        top.flatMap(m -> reader.required(m, "", "users", "users with id and role, or []"))
            .map(node -> reader.items(node, "users"))
            .orElse(List.of());
    for (int i = 0; i < list.size(); i++) {
      String path = "users[" + i + "]";
      reader.mapping(list.get(i), path, USER_KEYS).ifPresent(user -> readUser(user, path + "."));
    }
  }

  private void readRole(String name, YamlNode node) {
    String path = "roles_mapping." + name;
    Optional<Mapping> mapping = reader.mapping(node, path, ROLE_KEYS);
    Set<AuthzAction> actions = new LinkedHashSet<>();
    mapping
        .flatMap(m -> reader.required(m, path + ".", "actions", "a list of actions, or []"))
        .ifPresent(list -> readActions(list, path + ".actions", actions));
    String rule = source.at(node.line(), path).toString();
    roles.put(name, Role.of(name, actions, Bounds.NONE, rule));
  }

  private void readActions(YamlNode list, String path, Set<AuthzAction> actions) {
    List<YamlNode> items = reader.items(list, path);
    for (int i = 0; i < items.size(); i++) {
      String key = path + "[" + i + "]";
      YamlNode item = items.get(i);
      reader
          .text(item, key)
          .ifPresent(name -> action(name, item.line(), key).ifPresent(actions::add));
    }
  }

  private Optional<AuthzAction> action(String name, int line, String key) {
    AuthzAction renamed = RENAMED.get(name);
    if (renamed != null) {
      return Optional.of(renamed);
    }
    Optional<AuthzAction> known =
        AuthzAction.known().stream().filter(a -> a.wireName().equals(name)).findFirst();
    if (known.isEmpty()) {
      List<String> names = AuthzAction.known().stream().map(AuthzAction::wireName).toList();
      reader.unknown(line, key, name, names, "an action of Chroma, such as collection:get");
    }
    return known;
  }

  private void readUser(Mapping user, String path) {
    Optional<String> id =
        reader.required(user, path, "id", "a user's id").flatMap(n -> reader.text(n, path + "id"));
    Bounds bounds = BoundsYaml.read(reader, user, path);
    Set<String> names = roleNames(user, path);
    if (id.isEmpty()) {
      return;
    }
    Place place = source.at(user.line(), path + "id");
    if (users.putIfAbsent(id.get(), new Rbac.User(id.get(), names, bounds, place)) != null) {
      reader.add(user.line(), path + "id", "'" + id.get() + "' again", "each user once", null);
    }
  }

  private Set<String> roleNames(Mapping user, String path) {
    String role = reader.text(user, path, "role");
    List<String> several = reader.texts(user, path, "roles");
    if (role != null && several != null) {
      reader.add(user.line(), path + "role", "both role and roles", "one of them", null);
    }
    List<String> names = new ArrayList<>(several == null ? List.of() : several);
    if (role != null) {
      names.add(role);
    }
    for (String name : names) {
      if (!roles.containsKey(name)) {
        String fix = Nearest.fix(name, roles.keySet());
        String expected = "a role of roles_mapping, or reader, writer, admin";
        reader.add(user.line(), path + "role", "'" + name + "'", expected, fix);
      }
    }
    return Set.copyOf(names);
  }
}
