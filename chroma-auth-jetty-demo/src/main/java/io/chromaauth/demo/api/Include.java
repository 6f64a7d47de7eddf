package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.chromaauth.demo.store.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer is to contain besides ids. */
enum Include {
  DISTANCES(null),
  DOCUMENTS(Field.DOCUMENTS),
  EMBEDDINGS(Field.EMBEDDINGS),
  METADATAS(Field.METADATAS),
  URIS(Field.URIS);

  private final @Nullable Field field;

  Include(@Nullable Field field) {
    this.field = field;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a body asks for, in its order. */
  static List<Include> of(Fields fields, List<Include> otherwise, Dialect dialect) {
    if (!fields.has("include")) {
      return otherwise;
    }
    List<Include> all = new ArrayList<>();
    for (JsonNode element : Fields.elements("include", fields.required("include"))) {
      String name = Fields.text("include[" + all.size() + "]", element);
      // clients fill it in themselves; those before 1 still ask for it
      if (!(dialect == Dialect.CHROMA_0 && name.equals("data"))) {
        all.add(named(name, all.size()));
      }
    }
    return all;
  }

  private static Include named(String name, int index) {
    for (Include include : values()) {
      if (include.wireName().equals(name)) {
        return include;
      }
    }
    throw ApiException.malformed(
        "include["
            + index
            + "]: unknown variant `"
            + name
            + "`, expected one of `distances`, `documents`, `embeddings`, `metadatas`, `uris`");
  }

  static Set<Field> fields(List<Include> included) {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    for (Include include : included) {
      if (include.field != null) {
        fields.add(include.field);
      }
    }
    return fields;
  }
}
