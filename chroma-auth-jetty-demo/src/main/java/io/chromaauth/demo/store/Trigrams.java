package io.chromaauth.demo.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to ask the trigram index for a text. */
final class Trigrams {
  private static final int LENGTH = 3;

  /** More of them would hardly leave fewer candidates. */
  private static final int MOST = 24;

  private Trigrams() {}

  /** The same for documents with one of some texts in them. */
  static @Nullable String queryOfAny(List<String> texts) {
    List<String> queries = new ArrayList<>();
    for (String text : texts) {
      String query = query(text);
      if (query == null) {
        return null;
      }
      queries.add('(' + query + ')');
    }
    return queries.isEmpty() ? null : String.join(" OR ", queries);
  }

  /**
   * A query that every document with this text in it answers, or null where the index does not
   * help: the text is too short, or has characters that its tokenizer may end at.
   */
  static @Nullable String query(String text) {
    int[] characters = text.codePoints().toArray();
    if (characters.length < LENGTH || text.indexOf('\0') >= 0) {
      return null;
    }
    Set<String> trigrams = new LinkedHashSet<>();
    for (int i = 0; i + LENGTH <= characters.length && trigrams.size() < MOST; i++) {
      trigrams.add(new String(characters, i, LENGTH));
    }
    return trigrams.stream()
        .map(trigram -> '"' + trigram.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(" AND "));
  }
}
