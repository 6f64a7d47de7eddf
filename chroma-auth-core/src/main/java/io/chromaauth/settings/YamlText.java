package io.chromaauth.settings;

import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlNode.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML strictly: one document, no tags, no duplicate keys, few aliases, no deep nesting. The
 * only class that knows SnakeYAML.
 */
public final class YamlText {
  private static final int DEPTH_LIMIT = 20;

  private static final String INDENTATION =
      "compare the indentation of this line with the one above";

  /** The end of a problem that names an alias, a handle, a tag or what an escape lacks. */
  private static final Pattern QUOTED = Pattern.compile("(?s)((?<=alias|handle) |: ).*");

  /** What YAML 1.1 takes a scalar for without being told. */
  private static final Set<Tag> UNTAGGED = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

  private static final Resolver RESOLVER = new Resolver();

  private final Place source;
  private final Faults faults;
  private final String list;
  private final YamlItems taker;
  private final Anchors anchors = new Anchors();
  private final Map<String, String> keys = new HashMap<>();
  private Iterator<Event> events = Collections.emptyIterator();
  private int depth;

  private YamlText(Place source, Faults faults, String list, YamlItems taker) {
    this.source = source;
    this.faults = faults;
    this.list = list;
    this.taker = taker;
  }

  /** The document, or empty after noting what is wrong with it. An empty text is a fault. */
  public static Optional<YamlNode> parse(String text, Place source, Faults faults) {
    return parse(text, source, faults, "", (before, item, index) -> false);
  }

  /**
   * The same without those items of a list that somebody takes: there may be a million, and all at
   * once would need several times the memory of what comes of them.
   *
   * @param list the key of the list in the document's mapping
   */
  public static Optional<YamlNode> parse(
      String text, Place source, Faults faults, String list, YamlItems taker) {
    return new YamlText(source, faults, list, taker).parse(text);
  }

  private Optional<YamlNode> parse(String text) {
    try {
      // events, not SnakeYAML's nodes: those of 100,000 users take hundreds of megabytes
      events = new Yaml(options(text)).parse(new StringReader(text)).iterator();
      events.next(); // the stream's start
      if (events.next() instanceof StreamEndEvent) {
        faults.add(source, "an empty document", "a YAML mapping", null);
        return Optional.empty();
      }
      YamlNode root = node(events.next());
      events.next(); // the document's end
      Event after = events.next();
      if (!(after instanceof StreamEndEvent)) {
        throw notYaml(after, "but found another document");
      }
      return Optional.of(root);
    } catch (Unacceptable e) {
      e.note(source, faults);
    } catch (MarkedYAMLException e) {
      faults.add(
          source.line(e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1),
          "what is not YAML (" + problem(e) + ")",
          "YAML",
          INDENTATION);
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
    return options;
  }

  /** The node that begins with an event, whose other events are taken too. */
  private YamlNode node(Event first) {
    if (first instanceof AliasEvent alias) {
      return aliased(alias);
    }
    String anchor = ((NodeEvent) first).getAnchor();
    if (anchor == null) {
      return content(first);
    }
    anchors.begin(anchor, line(first));
    YamlNode node = content(first);
    anchors.end(anchor, node);
    return node;
  }

  /** A node that an alias names again is shared. */
  private YamlNode aliased(AliasEvent alias) {
    Optional<YamlNode> known = anchors.named(alias.getAnchor());
    if (anchors.areTooLarge()) {
      throw new YAMLException("too many aliases of lists and mappings");
    }
    return known.orElseThrow(() -> notYaml(alias, "found undefined alias "));
  }

  private YamlNode content(Event first) {
    if (first instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    if (++depth > DEPTH_LIMIT) {
      throw new YAMLException("nested too deeply");
    }
    YamlNode node =
        first instanceof SequenceStartEvent sequence
            ? sequence(sequence)
            : mapping((MappingStartEvent) first);
    depth--;
    return node;
  }

  private Scalar scalar(ScalarEvent scalar) {
    Tag tag = tag(scalar);
    ScalarType type =
        tag.equals(Tag.STR)
            ? ScalarType.TEXT
            : tag.equals(Tag.NULL) ? ScalarType.EMPTY : ScalarType.OTHER;
    if (type == ScalarType.OTHER && !UNTAGGED.contains(tag)) {
      throw new Unacceptable(line(scalar), "a tag (!)", "a plain value");
    }
    return new Scalar(scalar.getValue(), type, line(scalar));
  }

  private static Tag tag(ScalarEvent scalar) {
    String given = scalar.getTag();
    if (given != null && !given.equals("!")) {
      return new Tag(given);
    }
    boolean plain = scalar.getImplicit().canOmitTagInPlainScalar();
    return plain && !PlainText.isSurely(scalar.getValue())
        ? RESOLVER.resolve(NodeId.scalar, scalar.getValue(), true)
        : Tag.STR;
  }

  private Sequence sequence(SequenceStartEvent start) {
    requireTag(start, Tag.SEQ);
    List<YamlNode> items = new ArrayList<>(2);
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(node(event));
    }
    return new Sequence(List.copyOf(items), line(start));
  }

  private Mapping mapping(MappingStartEvent start) {
    requireTag(start, Tag.MAP);
    Map<String, YamlNode> entries = new FewEntries();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      String key = key(event);
      YamlNode value =
          depth == 1 && key.equals(list)
              ? offered(events.next(), new Mapping(entries, line(start)))
              : node(events.next());
      if (entries.put(key, value) != null) {
        throw new Unacceptable(line(event), "the key '" + key + "' twice", "it once");
      }
      if (entries.size() == FewEntries.MOST) {
        entries = new LinkedHashMap<>(entries);
      }
    }
    return new Mapping(entries, line(start));
  }

  /** The list that somebody takes items of; any other value, or one with an anchor, is as it is. */
  private YamlNode offered(Event first, Mapping before) {
    if (!(first instanceof SequenceStartEvent start) || start.getAnchor() != null) {
      return node(first);
    }
    requireTag(start, Tag.SEQ);
    depth++;
    List<YamlNode> left = new ArrayList<>();
    int index = 0;
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      YamlNode item = node(event);
      if (!taker.take(before, item, index++)) {
        left.add(item);
      }
    }
    depth--;
    return new Sequence(List.copyOf(left), line(start));
  }

  /** The same text for the same key, of which a large file has few. */
  private String key(Event event) {
    if (event instanceof ScalarEvent scalar
        && scalar.getTag() == null
        && scalar.getAnchor() == null) {
      String known = keys.get(scalar.getValue());
      if (known != null) {
        return known;
      }
    }
    if (event instanceof ScalarEvent scalar && tag(scalar).equals(Tag.MERGE)) {
      throw new Unacceptable(line(event), "a merge key (<<)", "its keys written out");
    }
    if (!(event instanceof ScalarEvent) && !(event instanceof AliasEvent)) {
      throw new Unacceptable(line(event), "a list or mapping as a key", "a plain key");
    }
    if (!(node(event) instanceof Scalar key)) {
      throw new Unacceptable(line(event), "a list or mapping as a key", "a plain key");
    }
    keys.putIfAbsent(key.text(), key.text());
    return key.text();
  }

  private static void requireTag(CollectionStartEvent start, Tag tag) {
    String given = start.getTag();
    if (given != null && !given.equals("!") && !given.equals(tag.getValue())) {
      throw new Unacceptable(line(start), "a tag (!)", "a plain list or mapping");
    }
  }

  private static int line(Event event) {
    return event.getStartMark() == null ? 0 : event.getStartMark().getLine() + 1;
  }

  private static Unacceptable notYaml(Event at, String problem) {
    return new Unacceptable(line(at), "what is not YAML (" + problem + ")", "YAML", INDENTATION);
  }
}
