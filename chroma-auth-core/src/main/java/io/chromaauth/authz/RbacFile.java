package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.Bounds;
import io.chromaauth.settings.BoundsYaml;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.UserEntry;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlReader;
import io.chromaauth.settings.YamlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the authorization configuration of Chroma's SimpleRBAC: {@code roles_mapping} and {@code
 * users}, both of which must be there.
 */
final class RbacFile {
  /** Chroma's own example lists its actions there, for reference. */
  private static final String REFERENCE = "resource_type_action";

  private static final String ROLES = "roles_mapping";
  private static final String USERS = "users";
  private static final Set<String> TOP_KEYS = Set.of(ROLES, USERS);
  // tokens: the same file may serve as the token users file
  private static final Set<String> USER_KEYS =
      Set.of("id", "provider", "role", "roles", "tokens", "tenant", "databases", "collections");

  private final Place source;
  private final YamlReader reader;
  private final Faults faults;

  /** Of roles and users, who are read before the document is known to be one. */
  private final Faults within = new Faults();

  private final YamlReader withinReader;
  private final List<String> withinWarnings = new ArrayList<>();
  private final RoleReader roleReader;
  private final List<String> warnings;
  private final Map<String, Role> roles = new LinkedHashMap<>();

  // many users have the same
  private final Map<String, Set<String>> single = new HashMap<>();
  private final Map<List<String>, Set<String>> several = new HashMap<>();

  private boolean rolesRead;
  private final Set<String> defined = new HashSet<>();
  private final Map<String, Rbac.User> users = new LinkedHashMap<>();
  private final Map<String, Map<String, Rbac.User>> foreign = new LinkedHashMap<>();

  private RbacFile(
      Place source, Collection<AuthzAction> known, Faults faults, List<String> warnings) {
    this.source = source;
    this.warnings = warnings;
    this.reader = new YamlReader(source, faults);
    this.faults = faults;
    this.withinReader = new YamlReader(source, within);
    this.roleReader = new RoleReader(source, withinReader, known, withinWarnings);
    BuiltInRoles.among(known)
        .forEach(
            (name, actions) ->
                roles.put(
                    name,
                    Role.of(name, actions, Bounds.NONE, List.of(), BuiltInRoles.RULE + name)));
  }

  /** The policy in a text, after noting what is wrong with it. */
  static Rbac parse(
      String text,
      Place source,
      Collection<AuthzAction> hostActions,
      Faults faults,
      List<String> warnings) {
    Set<AuthzAction> known = new LinkedHashSet<>(AuthzAction.known());
    known.addAll(hostActions);
    RbacFile file = new RbacFile(source, known, faults, warnings);
    Optional<YamlNode> document = YamlText.parse(text, source, faults, USERS, file::take);
    if (document.isEmpty()) { // what was taken until then counts for nothing
      return new RbacFile(source, known, faults, warnings).policy();
    }
    file.readDocument(document.get());
    return file.policy();
  }

  private Rbac policy() {
    return new Rbac(source, roles, users, foreign);
  }

  private void readDocument(YamlNode document) {
    Optional<Mapping> top = reader.mapping(document, YamlReader.TOP, TOP_KEYS, Set.of(REFERENCE));
    top.map(m -> m.entries().get(REFERENCE))
        .ifPresent(node -> warnings.add(source.where() + ": " + REFERENCE + " is ignored"));
    top.flatMap(m -> reader.required(m, "", ROLES, "roles by name, or {}"))
        .ifPresent(this::readRoles);
    warnings.addAll(withinWarnings);
    faults.addAll(within);
    List<YamlNode> left =
        top.flatMap(m -> reader.required(m, "", USERS, "users with id and role, or []"))
            .map(node -> reader.items(node, USERS))
            .orElse(List.of());
    for (int i = 0; i < left.size(); i++) {
      readUser(left.get(i), i);
    }
    faults.addAll(within);
    checkMeantRoles();
  }

  /** Takes a user while the document is being read, if it has given the roles before. */
  private boolean take(Mapping before, YamlNode user, int index) {
    YamlNode mapping = before.entries().get(ROLES);
    if (mapping == null) {
      return false;
    }
    readRoles(mapping);
    readUser(user, index);
    return true;
  }

  private void readRoles(YamlNode mapping) {
    if (!rolesRead) {
      rolesRead = true;
      withinReader
          .mapping(mapping, ROLES)
          .ifPresent(named -> named.entries().forEach(this::readRole));
    }
  }

  private void readRole(String name, YamlNode node) {
    defined.add(name);
    roles.put(name, roleReader.read(name, node));
  }

  private void readUser(YamlNode node, int index) {
    YamlReader at = withinReader.item(USERS, index);
    UserEntry entry = reader.user(node.line(), index);
    at.mapping(node, "", USER_KEYS).ifPresent(user -> readUser(user, at, entry));
  }

  private void readUser(Mapping user, YamlReader at, UserEntry entry) {
    Optional<String> id = at.required(user, "", "id", "a user's id").flatMap(n -> at.text(n, "id"));
    Bounds bounds = BoundsYaml.read(at, user, "");
    Set<String> names = roleNames(user, at);
    if (id.isEmpty()) {
      return;
    }
    Rbac.User read = new Rbac.User(id.get(), names, bounds, entry);
    if (list(user, at).putIfAbsent(id.get(), read) != null) {
      at.add(user.line(), "id", "'" + id.get() + "' again", "each user once", null);
    }
  }

  /** The operator's own users, or those of the provider that the entry names. */
  private Map<String, Rbac.User> list(Mapping user, YamlReader at) {
    String provider = at.text(user, "", "provider");
    if (provider == null) {
      return users;
    }
    if (Rbac.OWN_PROVIDERS.contains(provider)) {
      int line = user.entries().getOrDefault("provider", user).line();
      String expected = "another provider's name: basic and token users are one name space";
      at.add(line, "provider", "'" + provider + "'", expected, "remove it");
    }
    return foreign.computeIfAbsent(provider, any -> new LinkedHashMap<>());
  }

  private Set<String> roleNames(Mapping user, YamlReader at) {
    String role = at.text(user, "", "role");
    List<String> several = at.texts(user, "", "roles");
    if (role != null && several != null) {
      at.add(user.line(), "role", "both role and roles", "one of them", null);
    }
    if (role != null) {
      checkRole(role, user.entries().get("role"), at, "role");
      return single.computeIfAbsent(role, Set::of);
    }
    List<String> names = several == null ? List.of() : several;
    for (int i = 0; i < names.size(); i++) {
      checkRole(names.get(i), user.entries().get("roles"), at.item("roles", i), "");
    }
    return this.several.computeIfAbsent(names, any -> new LinkedHashSet<>(any));
  }

  /** Whoever wrote a role Admin and uses admin does not mean the built-in one. */
  private void checkMeantRoles() {
    Set<String> used = new HashSet<>();
    RbacWarnings.together(users.values()).forEach(used::addAll);
    foreign.values().forEach(l -> RbacWarnings.together(l.values()).forEach(used::addAll));
    for (String own : defined) {
      for (String builtIn : BuiltInRoles.NAMES) {
        boolean near = own.equalsIgnoreCase(builtIn) || own.equalsIgnoreCase(builtIn + "s");
        if (near && !used.contains(own) && used.contains(builtIn) && !defined.contains(builtIn)) {
          String found = "a role nobody has, beside users of the built-in '" + builtIn + "'";
          reader.add(0, ROLES + "." + own, found, "users of it, or no such role", null);
        }
      }
    }
  }

  private void checkRole(String name, @Nullable YamlNode node, YamlReader at, String key) {
    if (!roles.containsKey(name)) {
      int line = node == null ? 0 : node.line();
      String expected = "a role of roles_mapping, or reader, writer, admin";
      at.add(line, key, "'" + name + "'", expected, Nearest.fix(name, roles.keySet()));
    }
  }
}
