package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.demo.store.Neighbours;
import io.chromaauth.demo.store.Page;
import io.chromaauth.demo.store.StoredRecord;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as clients get them: by columns, and null for those that are not included. */
final class RecordsJson {
  private final JsonGenerator json;
  private final List<Include> included;
  private final Dialect dialect;

  private RecordsJson(JsonGenerator json, List<Include> included, Dialect dialect) {
    this.json = json;
    this.included = included;
    this.dialect = dialect;
  }

  /** The answer to a get. */
  static Answer.Json of(Page page, List<Include> included, Dialect dialect) {
    return json -> new RecordsJson(json, included, dialect).get(page);
  }

  /** The answer to a query. */
  static Answer.Json of(List<Neighbours> all, List<Include> included, Dialect dialect) {
    return json -> new RecordsJson(json, included, dialect).query(all);
  }

  /** JSON that is stored as such. */
  static void raw(JsonGenerator json, @Nullable String text) throws IOException {
    if (text == null) {
      json.writeNull();
    } else {
      json.writeRawValue(text);
    }
  }

  /** Writes one column of one page. */
  private interface Column {
    void write(Page page) throws IOException;
  }

  private void get(Page page) throws IOException {
    json.writeStartObject();
    column("ids", page, this::ids);
    columns((name, include, column) -> column(name, include, page, column));
    end();
  }

  private void query(List<Neighbours> all) throws IOException {
    List<Page> pages = all.stream().map(Neighbours::page).toList();
    json.writeStartObject();
    columnPerQuery("ids", pages, this::ids);
    columns(
        (name, include, column) -> {
          if (isNull(name, include)) {
            return;
          }
          columnPerQuery(name, pages, column);
        });
    if (!isNull("distances", Include.DISTANCES)) {
      json.writeArrayFieldStart("distances");
      for (Neighbours neighbours : all) {
        distances(neighbours.distances());
      }
      json.writeEndArray();
    }
    end();
  }

  /** Where each column goes. */
  private interface Columns {
    void write(String name, Include include, Column column) throws IOException;
  }

  private void columns(Columns columns) throws IOException {
    columns.write("embeddings", Include.EMBEDDINGS, this::embeddings);
    columns.write("documents", Include.DOCUMENTS, page -> texts(page, StoredRecord::document));
    columns.write("uris", Include.URIS, page -> texts(page, StoredRecord::uri));
    columns.write("metadatas", Include.METADATAS, this::metadatas);
  }

  private void column(String name, Include include, Page page, Column column) throws IOException {
    if (!isNull(name, include)) {
      column(name, page, column);
    }
  }

  private void column(String name, Page page, Column column) throws IOException {
    json.writeFieldName(name);
    column.write(page);
  }

  private void columnPerQuery(String name, List<Page> pages, Column column) throws IOException {
    json.writeArrayFieldStart(name);
    for (Page page : pages) {
      column.write(page);
    }
    json.writeEndArray();
  }

  private boolean isNull(String name, Include include) throws IOException {
    if (included.contains(include)) {
      return false;
    }
    json.writeNullField(name);
    return true;
  }

  private void ids(Page page) throws IOException {
    texts(page, StoredRecord::id);
  }

  /** A text of a record. */
  private interface TextOf {
    @Nullable String text(StoredRecord record);
  }

  private void texts(Page page, TextOf of) throws IOException {
    json.writeStartArray();
    for (StoredRecord record : page.records()) {
      json.writeString(of.text(record));
    }
    json.writeEndArray();
  }

  private void metadatas(Page page) throws IOException {
    json.writeStartArray();
    for (StoredRecord record : page.records()) {
      raw(json, record.metadata());
    }
    json.writeEndArray();
  }

  private void embeddings(Page page) throws IOException {
    json.writeStartArray();
    List<float[]> embeddings = page.embeddings();
    for (float[] embedding : embeddings == null ? List.<float[]>of() : embeddings) {
      json.writeStartArray();
      for (float value : embedding) {
        json.writeNumber(value);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Null where a distance is beyond all numbers, as in Chroma. */
  private void distances(List<Float> distances) throws IOException {
    json.writeStartArray();
    for (float distance : distances) {
      if (Float.isFinite(distance)) {
        json.writeNumber(distance);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }

  private void end() throws IOException {
    if (dialect == Dialect.CHROMA_0) {
      json.writeNullField("data");
    }
    json.writeArrayFieldStart(dialect == Dialect.CHROMA_0 ? "included" : "include");
    for (Include include : included) {
      json.writeString(include.wireName());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
