package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.Bounds;
import io.chromaauth.Decision;
import io.chromaauth.settings.BoundsYaml;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one role of {@code roles_mapping}: {@code actions}, and ours: bounds and {@code deny}. */
final class RoleReader {
  private static final Set<String> ROLE_KEYS =
      Set.of("actions", "deny", "tenant", "databases", "collections");
  private static final Set<String> DENY_KEYS =
      Set.of("actions", "tenant", "databases", "collections");
  private static final Map<String, AuthzAction> RENAMED = Map.of("db:reset", AuthzAction.RESET);

  /** In Chroma's own example; no version ever checked it. */
  private static final String PEEK = "collection:peek";

  private final Place source;
  private final YamlReader reader;
  private final Collection<AuthzAction> known;
  private final List<String> warnings;

  /**
   * @param known the actions that a role may name
   */
  RoleReader(
      Place source, YamlReader reader, Collection<AuthzAction> known, List<String> warnings) {
    this.source = source;
    this.reader = reader;
    this.known = List.copyOf(known);
    this.warnings = warnings;
  }

  /** The role, after noting what is wrong with it. */
  Role read(String name, YamlNode node) {
    String path = "roles_mapping." + name;
    String rule = source.at(node.line(), path).toString();
    Optional<Mapping> mapping = reader.mapping(node, path, ROLE_KEYS, Set.of("resources"));
    if (mapping.isEmpty()) {
      return Role.of(name, Set.of(), Bounds.NONE, List.of(), rule);
    }
    YamlNode resources = mapping.get().entries().get("resources");
    if (resources != null) {
      reader.add(
          resources.line(),
          path + ".resources",
          "what Chroma never enforced",
          "bounds that hold: tenant, databases, collections",
          "write collections: [NAME, ...], or remove it");
    }
    Set<AuthzAction> actions =
        reader
            .required(mapping.get(), path + ".", "actions", "a list of actions, or []")
            .map(list -> actions(list, path + ".actions"))
            .orElse(Set.of());
    Bounds bounds = BoundsYaml.read(reader, mapping.get(), path + ".");
    return Role.of(name, actions, bounds, denials(mapping.get(), path + ".deny"), rule);
  }

  private List<Deny> denials(Mapping role, String path) {
    YamlNode list = role.entries().get("deny");
    List<Deny> denials = new ArrayList<>();
    if (list != null) {
      for (YamlNode item : reader.items(list, path)) {
        denial(item, path + "[" + denials.size() + "]").ifPresent(denials::add);
      }
    }
    return denials;
  }

  /** An action alone, or a mapping of actions and where they are denied. */
  private Optional<Deny> denial(YamlNode node, String path) {
    Decision.Denied denied = new Decision.Denied(source.at(node.line(), path).toString(), false);
    if (node instanceof Scalar) {
      Set<AuthzAction> actions = new LinkedHashSet<>();
      readAction(node, path, actions);
      // none is one that means nothing here, not every action
      return actions.isEmpty()
          ? Optional.empty()
          : Optional.of(new Deny(denied(actions), Bounds.NONE, denied));
    }
    Optional<Mapping> mapping = reader.mapping(node, path, DENY_KEYS);
    if (mapping.isPresent() && mapping.get().entries().isEmpty()) {
      reader.add(node.line(), path, "nothing", "actions, or where they are denied", null);
    }
    return mapping.map(
        m -> {
          YamlNode list = m.entries().get("actions");
          Set<AuthzAction> actions = list == null ? Set.of() : actions(list, path + ".actions");
          if (list != null && actions.isEmpty()) {
            reader.add(list.line(), path + ".actions", "no actions", "some, or no such key", null);
          }
          return new Deny(denied(actions), BoundsYaml.read(reader, m, path + "."), denied);
        });
  }

  /** Who may not create a collection may not have it created by getting it either. */
  private static Set<AuthzAction> denied(Set<AuthzAction> actions) {
    Set<AuthzAction> all = new LinkedHashSet<>(Role.withImplied(actions));
    if (all.contains(AuthzAction.CREATE_COLLECTION)) {
      all.add(AuthzAction.GET_OR_CREATE_COLLECTION);
    }
    return all;
  }

  private Set<AuthzAction> actions(YamlNode list, String path) {
    Set<AuthzAction> actions = new LinkedHashSet<>();
    List<YamlNode> items = reader.items(list, path);
    for (int i = 0; i < items.size(); i++) {
      readAction(items.get(i), path + "[" + i + "]", actions);
    }
    return actions;
  }

  private void readAction(YamlNode item, String key, Set<AuthzAction> actions) {
    Optional<String> text = reader.text(item, key);
    if (text.isEmpty()) {
      return;
    }
    if (text.get().equals(PEEK)) {
      warnings.add(source.line(item.line()) + ": collection:peek is ignored, use collection:get");
      return;
    }
    List<AuthzAction> named = named(text.get());
    if (named.isEmpty()) {
      List<String> names = known.stream().map(AuthzAction::wireName).toList();
      String expected = "an action of Chroma such as collection:get, or collection:*";
      reader.unknown(item.line(), key, text.get(), names, expected);
    }
    actions.addAll(named);
  }

  /**
   * The action of this name, or all that a wildcard stands for: {@code collection:*}, {@code *}.
   */
  private List<AuthzAction> named(String name) {
    AuthzAction renamed = RENAMED.get(name);
    if (renamed != null) {
      return List.of(renamed);
    }
    boolean wildcard = name.equals("*") || name.endsWith(":*");
    String prefix = wildcard ? name.substring(0, name.length() - 1) : name;
    return known.stream()
        .filter(a -> wildcard ? a.wireName().startsWith(prefix) : a.wireName().equals(prefix))
        .toList();
  }
}
