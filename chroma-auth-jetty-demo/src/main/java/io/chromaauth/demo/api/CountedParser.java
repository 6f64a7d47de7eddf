package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.chromaauth.demo.store.Budget;
import java.io.IOException;

/** Counts the memory that the values which are read take, apart from those of embeddings. */
final class CountedParser extends JsonParserDelegate {
  private static final int VALUE_BYTES = 72;
  private static final int STRUCTURE_BYTES = 120;

  private final Budget.Share share;

  /**
   * @param share what values count for
   */
  CountedParser(JsonParser parser, Budget.Share share) {
    super(parser);
    this.share = share;
  }

  /** The next part of an embedding, to be counted by whoever keeps it. */
  JsonToken nextOfEmbedding() throws IOException {
    return super.nextToken();
  }

  /** What somebody keeps. */
  void count(long bytes) {
    share.take(bytes);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (token == null || token.isStructEnd()) {
      return token;
    }
    if (token.isStructStart()) {
      share.take(STRUCTURE_BYTES);
    } else {
      share.take(VALUE_BYTES + length(token));
    }
    return token;
  }

  /** Twice: texts are told to the database as well. */
  private long length(JsonToken token) throws IOException {
    return token == JsonToken.VALUE_STRING ? 2L * getTextLength() : getTextLength();
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    for (int open = currentToken().isStructStart() ? 1 : 0; open > 0; ) {
      JsonToken token = super.nextToken();
      if (token == null) {
        return this;
      }
      open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token == JsonToken.FIELD_NAME) {
        share.take(VALUE_BYTES + length(token)); // Jackson remembers names
      }
    }
    return this;
  }
}
