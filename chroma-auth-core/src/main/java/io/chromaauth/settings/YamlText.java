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
import org.jspecify.annotations.Nullable;
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
  private static final int ALIAS_LIMIT = 1_000;

  private static final String INDENTATION =
      "compare the indentation of this line with the one above";

  /** The end of a problem that names an alias, a handle, a tag or what an escape lacks. */
  private static final Pattern QUOTED = Pattern.compile("(?s)((?<=alias|handle) |: ).*");

  /** What YAML 1.1 takes a scalar for without being told. */
  private static final Set<Tag> UNTAGGED = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

  /** As many lists and mappings may be named again; each may hold all that is before it. */
  private static final int NESTED_ALIAS_LIMIT = 50;

  /** What many users have in common, such as a role, is short and stands among the first texts. */
  private static final int SHORT = 32;

  private static final int SHARED = 1_000;

  private static final Resolver RESOLVER = new Resolver();

  /** How a plain scalar begins that is a boolean or null: yes, no, true, false, on, off, null. */
  private static final String WORDS = "yYnNtTfFoO";

  private static final int LONGEST_WORD = 5;

  /** How any other begins that is more than a text. */
  private static final String FIGURES = "0123456789-+.<~!&* =";

  private final Place source;
  private final Faults faults;
  private final Map<String, YamlNode> anchored = new HashMap<>();
  private final Map<String, Integer> open = new HashMap<>();
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, String> shared = new HashMap<>();
  private Iterator<Event> events = Collections.emptyIterator();
  private int depth;
  private int aliases;
  private int nestedAliases;

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
      faults.add(source.line(e.line), e.found, e.expected, e.fix);
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
    open.put(anchor, line(first));
    YamlNode node = content(first);
    open.remove(anchor);
    anchored.put(anchor, node);
    return node;
  }

  /** A node that an alias names again is shared. */
  private YamlNode aliased(AliasEvent alias) {
    Integer within = open.get(alias.getAnchor());
    if (within != null) {
      throw new Unacceptable(within, "an alias (*) of a value within itself", "a finite value");
    }
    YamlNode known = anchored.get(alias.getAnchor());
    if (known == null) {
      throw notYaml(alias, "found undefined alias ");
    }
    if (++aliases > ALIAS_LIMIT) {
      throw new Unacceptable(known.line(), "over " + ALIAS_LIMIT + " aliases (*)", "fewer");
    }
    if (!(known instanceof Scalar) && ++nestedAliases > NESTED_ALIAS_LIMIT) {
      throw new YAMLException("too many aliases of lists and mappings");
    }
    return known;
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
    return new Scalar(shared(scalar.getValue()), type, line(scalar));
  }

  private String shared(String text) {
    String known = text.length() > SHORT ? text : shared.get(text);
    if (known == null && shared.size() < SHARED) {
      shared.put(text, text);
    }
    return known == null ? text : known;
  }

  private static Tag tag(ScalarEvent scalar) {
    String given = scalar.getTag();
    if (given != null && !given.equals("!")) {
      return new Tag(given);
    }
    boolean plain = scalar.getImplicit().canOmitTagInPlainScalar();
    return plain && mayBeMoreThanText(scalar.getValue())
        ? RESOLVER.resolve(NodeId.scalar, scalar.getValue(), true)
        : Tag.STR;
  }

  /** The resolver tries several regular expressions, also on what begins with none of these. */
  private static boolean mayBeMoreThanText(String plain) {
    if (plain.isEmpty()) {
      return true;
    }
    char first = plain.charAt(0);
    return WORDS.indexOf(first) < 0 ? FIGURES.indexOf(first) >= 0 : plain.length() <= LONGEST_WORD;
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
      if (entries.put(key, node(events.next())) != null) {
        throw new Unacceptable(line(event), "the key '" + key + "' twice", "it once");
      }
      if (entries.size() == FewEntries.MOST) {
        entries = new LinkedHashMap<>(entries);
      }
    }
    return new Mapping(entries, line(start));
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

  /** Ends the reading at a node that is well-formed and not accepted. */
  private static final class Unacceptable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String found;
    private final String expected;
    private final @Nullable String fix;

    Unacceptable(int line, String found, String expected) {
      this(line, found, expected, null);
    }

    Unacceptable(int line, String found, String expected, @Nullable String fix) {
      super(found, null, false, false);
      this.line = line;
      this.found = found;
      this.expected = expected;
      this.fix = fix;
    }
  }
}
