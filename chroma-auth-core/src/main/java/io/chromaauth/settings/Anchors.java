package io.chromaauth.settings;

import io.chromaauth.settings.YamlNode.Scalar;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a document that aliases may name, and how often they do. Not thread-safe. */
final class Anchors {
  private static final int ALIAS_LIMIT = 1_000;

  /** As many lists and mappings may be named again; each may hold all that is before it. */
  private static final int NESTED_ALIAS_LIMIT = 50;

  private final Map<String, YamlNode> known = new HashMap<>();
  private final Map<String, Integer> open = new HashMap<>();
  private int aliases;
  private int nestedAliases;

  /** A part with an anchor begins. */
  void begin(String anchor, int line) {
    open.put(anchor, line);
  }

  /** It has ended. */
  void end(String anchor, YamlNode node) {
    open.remove(anchor);
    known.put(anchor, node);
  }

  /**
   * The part that an alias names, or empty if there is none.
   *
   * @throws Unacceptable if it has not ended, or there are too many aliases
   */
  Optional<YamlNode> named(String anchor) {
    Integer within = open.get(anchor);
    if (within != null) {
      throw new Unacceptable(within, "an alias (*) of a value within itself", "a finite value");
    }
    Optional<YamlNode> node = Optional.ofNullable(known.get(anchor));
    node.ifPresent(this::count);
    return node;
  }

  private void count(YamlNode node) {
    if (++aliases > ALIAS_LIMIT) {
      throw new Unacceptable(node.line(), "over " + ALIAS_LIMIT + " aliases (*)", "fewer");
    }
    if (!(node instanceof Scalar)) {
      nestedAliases++;
    }
  }

  /** Whether too many lists and mappings have been named again. */
  boolean areTooLarge() {
    return nestedAliases > NESTED_ALIAS_LIMIT;
  }
}
