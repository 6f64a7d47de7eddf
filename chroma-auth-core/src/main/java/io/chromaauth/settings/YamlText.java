package io.chromaauth.settings;

import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlNode.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML strictly: one document, no tags, no duplicate keys, few aliases, no deep nesting. The
 * only class that knows SnakeYAML.
 */
public final class YamlText {
  private static final int DEPTH_LIMIT = 20;
  private static final int ALIAS_LIMIT = 1_000;

  /** The end of a problem that names an alias, a handle, a tag or what an escape lacks. */
  private static final Pattern QUOTED = Pattern.compile("(?s)((?<=alias|handle) |: ).*");

  /** What YAML 1.1 takes a scalar for without being told. */
  private static final Set<Tag> UNTAGGED = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

  private final Place source;
  private final Faults faults;
  private final IdentityHashMap<Node, YamlNode> anchored = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int aliases;

  private YamlText(Place source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  /** The document, or empty after noting what is wrong with it. An empty text is a fault. */
  public static Optional<YamlNode> parse(String text, Place source, Faults faults) {
    return new YamlText(source, faults).parse(text);
  }

  private Optional<YamlNode> parse(String text) {
    try {
      Node root = new Yaml(new SafeConstructor(options(text))).compose(new StringReader(text));
      if (root == null) {
        faults.add(source, "an empty document", "a YAML mapping", null);
        return Optional.empty();
      }
      return Optional.of(convert(root));
    } catch (Unacceptable e) {
      faults.add(source.line(e.line), e.found, e.expected, null);
    } catch (MarkedYAMLException e) {
      faults.add(
          source.line(line(e.getProblemMark())),
          "what is not YAML (" + problem(e) + ")",
          "YAML",
          "compare the indentation of this line with the one above");
    } catch (YAMLException e) {
      faults.add(source, "characters that YAML does not allow, or too much of it", "YAML", null);
    }
    return Optional.empty();
  }

  /** Without what it quotes of the file, and with that perhaps of a token. */
  private static String problem(MarkedYAMLException e) {
    return QUOTED.matcher(e.getProblem()).replaceFirst("");
  }

  private static LoaderOptions options(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Math.max(1, text.length()));
    options.setNestingDepthLimit(DEPTH_LIMIT);
    options.setAllowDuplicateKeys(false);
    return options;
  }

  /** A node that an alias names again is converted once and shared. */
  private YamlNode convert(Node node) {
    if (node.getAnchor() == null) {
      return convertNew(node);
    }
    YamlNode known = anchored.get(node);
    if (known == null) {
      known = convertNew(node);
      anchored.put(node, known);
    } else if (++aliases > ALIAS_LIMIT) {
      throw new Unacceptable(node, "over " + ALIAS_LIMIT + " aliases (*)", "fewer");
    }
    return known;
  }

  private YamlNode convertNew(Node node) {
    if (!open.add(node)) {
      throw new Unacceptable(node, "an alias (*) of a value within itself", "a finite value");
    }
    try {
      return convertContent(node);
    } finally {
      open.remove(node);
    }
  }

  private YamlNode convertContent(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (node instanceof SequenceNode sequence) {
      requireTag(sequence, Tag.SEQ);
      List<YamlNode> items = new ArrayList<>(sequence.getValue().size());
      sequence.getValue().forEach(item -> items.add(convert(item)));
      return new Sequence(items, line(node.getStartMark()));
    }
    requireTag(node, Tag.MAP);
    return mapping((MappingNode) node);
  }

  private static Scalar scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    ScalarType type =
        tag.equals(Tag.STR)
            ? ScalarType.TEXT
            : tag.equals(Tag.NULL) ? ScalarType.EMPTY : ScalarType.OTHER;
    if (type == ScalarType.OTHER && !UNTAGGED.contains(tag)) {
      throw new Unacceptable(scalar, "a tag (!)", "a plain value");
    }
    return new Scalar(scalar.getValue(), type, line(scalar.getStartMark()));
  }

  private Mapping mapping(MappingNode node) {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new Unacceptable(tuple.getKeyNode(), "a list or mapping as a key", "a plain key");
      }
      if (key.getTag().equals(Tag.MERGE)) {
        throw new Unacceptable(key, "a merge key (<<)", "its keys written out");
      }
      if (entries.put(scalar(key).text(), convert(tuple.getValueNode())) != null) {
        throw new Unacceptable(key, "the key '" + key.getValue() + "' twice", "it once");
      }
    }
    return new Mapping(entries, line(node.getStartMark()));
  }

  private static void requireTag(Node node, Tag tag) {
    if (!node.getTag().equals(tag)) {
      throw new Unacceptable(node, "a tag (!)", "a plain list or mapping");
    }
  }

  private static int line(Mark mark) {
    return mark == null ? 0 : mark.getLine() + 1;
  }

  /** Ends the reading at a node that is well-formed and not accepted. */
  private static final class Unacceptable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String found;
    private final String expected;

    Unacceptable(Node node, String found, String expected) {
      super(found, null, false, false);
      this.line = line(node.getStartMark());
      this.found = found;
      this.expected = expected;
    }
  }
}
