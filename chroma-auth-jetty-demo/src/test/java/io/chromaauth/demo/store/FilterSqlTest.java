package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.store.Filter.Among;
import io.chromaauth.demo.store.Filter.And;
import io.chromaauth.demo.store.Filter.Compare;
import io.chromaauth.demo.store.Filter.Comparison;
import io.chromaauth.demo.store.Filter.DocumentContains;
import io.chromaauth.demo.store.Filter.DocumentMatches;
import io.chromaauth.demo.store.Filter.HasElement;
import io.chromaauth.demo.store.Filter.Not;
import io.chromaauth.demo.store.Filter.Or;
import io.chromaauth.demo.store.MetadataValue.Many;
import io.chromaauth.demo.store.MetadataValue.Real;
import io.chromaauth.demo.store.MetadataValue.Text;
import io.chromaauth.demo.store.MetadataValue.Truth;
import io.chromaauth.demo.store.MetadataValue.Whole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Filters as SQL against a plain evaluation of the same filters, with a fixed seed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterSqlTest {
  private static final List<Comparison> COMPARISONS = List.of(Comparison.values());
  private static final List<String> REGEX_PARTS =
      List.of(
          "",
          "",
          "x?",
          "x*",
          "(x|re)?",
          "[^x]?",
          "(?i)",
          "|apple",
          "x{0,2}",
          "\\\\w?",
          "\\\\.?",
          "(]|[)x])?");
  private static final List<String> NAMES = List.of("a", "b", "c", "quote'\"", "é");
  private static final List<String> WORDS =
      List.of("red", "green", "a_b", "50%", "Ünïcode", "😀", "x\"y", "apple", "lemon", "\n", "re");

  private final Random random = new Random(20_261_122);
  private final List<Sample> samples = new ArrayList<>();
  private Store store;
  private ChromaCollection docs;

  /** A record as it was written. */
  private record Sample(
      String id, Map<String, MetadataValue> metadata, @Nullable String document) {}

  @BeforeAll
  void fill(@TempDir Path folder) throws Exception {
    store = Store.open(folder);
    docs = Samples.collection(store, "docs");
    ChromaCollection other = Samples.collection(store, "other");
    for (int i = 0; i < 400; i++) {
      Sample sample = new Sample("id" + i, metadata(), random.nextInt(5) == 0 ? null : document());
      samples.add(sample);
      RecordBatch batch =
          Samples.one(sample.id(), new float[] {i}, sample.metadata(), sample.document());
      store.records().write(docs, WriteMode.ADD, batch);
      store.records().write(other, WriteMode.ADD, batch);
    }
  }

  @AfterAll
  void close() throws Exception {
    store.close();
  }

  @Test
  void randomFiltersSelectWhatAPlainEvaluationSelects() {
    int found = 0;
    for (int i = 0; i < 1_500; i++) {
      Filter filter = filter(3);
      List<String> expected =
          samples.stream().filter(s -> holds(filter, s)).map(Sample::id).toList();
      assertEquals(expected, selected(filter), filter::toString);
      found += expected.size();
    }
    assertTrue(found > 100_000, "most filters must find something: " + found);
  }

  @Test
  void longChainsAndLongListsArePossible() {
    List<Filter> many =
        IntStream.range(0, 3_900)
            .<Filter>mapToObj(i -> new Compare("a", Comparison.EQUAL, new Whole(i)))
            .toList();
    List<MetadataValue> values =
        IntStream.range(0, 100_000).<MetadataValue>mapToObj(Whole::new).toList();
    assertEquals(selected(new Among("a", values)), selected(new Or(many)));
  }

  @Test
  void deepFiltersArePossible() {
    Filter filter = new Compare("a", Comparison.EQUAL, new Whole(1));
    List<String> expected = selected(filter);
    Filter chain = filter;
    for (int i = 0; i < 60; i++) {
      chain = new And(List.of(new Or(List.of(chain, new Or(List.of()))), new And(List.of())));
    }
    assertEquals(expected, selected(chain));
  }

  @Test
  void tooManyConditionsAreRefused() {
    Filter one = new Compare("a", Comparison.EQUAL, new Whole(1));
    List<Filter> many = IntStream.range(0, 4_001).mapToObj(i -> one).toList();
    assertThrows(Refused.class, () -> selected(new And(many)));
  }

  private List<String> selected(Filter filter) {
    Selection selection = new Selection(null, filter);
    return Samples.ids(store.records().get(docs, selection, Samples.NOTHING, -1, 0));
  }

  private Map<String, MetadataValue> metadata() {
    Map<String, MetadataValue> metadata = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (random.nextInt(3) > 0) {
        metadata.put(name, random.nextInt(4) == 0 ? list() : scalar());
      }
    }
    return metadata;
  }

  private Many list() {
    int kind = random.nextInt(3);
    return new Many(IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> scalar(kind)).toList());
  }

  private MetadataValue scalar() {
    return scalar(random.nextInt(4));
  }

  private MetadataValue scalar(int kind) {
    return switch (kind) {
      case 0 -> new Whole(random.nextInt(6) - 2);
      case 1 -> new Text(WORDS.get(random.nextInt(WORDS.size())));
      case 2 -> new Truth(random.nextBoolean());
      default -> new Real(random.nextInt(8) / 2.0);
    };
  }

  private String document() {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
        .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
  }

  private Filter filter(int depth) {
    int kind = random.nextInt(depth == 0 ? 5 : 8);
    return switch (kind) {
      case 5 -> new And(filters(depth));
      case 6 -> new Or(filters(depth));
      case 7 -> new Not(filter(depth - 1));
      default -> leaf(kind);
    };
  }

  private List<Filter> filters(int depth) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> filter(depth - 1)).toList();
  }

  private Filter leaf(int kind) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return switch (kind) {
      case 0 -> new HasElement(name, scalar());
      case 1 -> {
        int of = random.nextInt(3);
        yield new Among(name, List.of(scalar(of), scalar(of), scalar(of)));
      }
      case 2 -> new DocumentContains(needle());
      case 3 -> new DocumentMatches(new DocumentRegex(regex()));
      default -> new Compare(name, COMPARISONS.get(random.nextInt(COMPARISONS.size())), scalar());
    };
  }

  private String needle() {
    String document = document();
    int from = random.nextInt(document.length() + 1);
    while (from < document.length() && Character.isLowSurrogate(document.charAt(from))) {
      from++;
    }
    return document.substring(from);
  }

  /** With something optional, chosen, repeated or grouped in a part of a document. */
  private String regex() {
    String plain = needle().replaceAll("[%+*?()\\[\\]{}|.]", ".");
    String more = REGEX_PARTS.get(random.nextInt(REGEX_PARTS.size()));
    int at =
        plain.offsetByCodePoints(0, random.nextInt(plain.codePointCount(0, plain.length()) + 1));
    return plain.substring(0, at) + more + plain.substring(at);
  }

  private static boolean holds(Filter filter, Sample sample) {
    if (filter instanceof And and) {
      return and.parts().stream().allMatch(part -> holds(part, sample));
    }
    if (filter instanceof Or or) {
      return or.parts().stream().anyMatch(part -> holds(part, sample));
    }
    if (filter instanceof Not not) {
      return !holds(not.part(), sample);
    }
    if (filter instanceof DocumentContains contains) {
      return sample.document() != null && sample.document().contains(contains.text());
    }
    if (filter instanceof DocumentMatches matches) {
      return sample.document() != null
          && java.util.regex.Pattern.compile(
                  matches.regex().pattern(), java.util.regex.Pattern.UNIX_LINES)
              .matcher(sample.document())
              .find();
    }
    return holdsForMetadata(filter, sample.metadata());
  }

  private static boolean holdsForMetadata(Filter filter, Map<String, MetadataValue> metadata) {
    if (filter instanceof Compare compare) {
      MetadataValue value = metadata.get(compare.name());
      return value != null && compares(value, compare.comparison(), compare.value());
    }
    if (filter instanceof Among among) {
      MetadataValue value = metadata.get(among.name());
      return value != null
          && among.values().stream().anyMatch(one -> compares(value, Comparison.EQUAL, one));
    }
    HasElement has = (HasElement) filter;
    return metadata.get(has.name()) instanceof Many many
        && many.values().stream().anyMatch(v -> compares(v, Comparison.EQUAL, has.element()));
  }

  private static boolean compares(MetadataValue value, Comparison comparison, MetadataValue other) {
    Integer order = order(value, other);
    return order != null
        && switch (comparison) {
          case EQUAL -> order == 0;
          case LESS -> order < 0;
          case AT_MOST -> order <= 0;
          case GREATER -> order > 0;
          case AT_LEAST -> order >= 0;
        };
  }

  /** Null where they are of different kinds; texts in the order of their code points. */
  private static @Nullable Integer order(MetadataValue value, MetadataValue other) {
    if (value instanceof Text text && other instanceof Text otherText) {
      return java.util.Arrays.compareUnsigned(bytes(text), bytes(otherText));
    }
    if (value instanceof Truth truth && other instanceof Truth otherTruth) {
      return Boolean.compare(truth.value(), otherTruth.value());
    }
    Double number = number(value);
    Double otherNumber = number(other);
    return number == null || otherNumber == null ? null : number.compareTo(otherNumber);
  }

  private static byte[] bytes(Text text) {
    return text.value().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static @Nullable Double number(MetadataValue value) {
    if (value instanceof Whole whole) {
      return (double) whole.value();
    }
    return value instanceof Real real ? real.value() : null;
  }
}
