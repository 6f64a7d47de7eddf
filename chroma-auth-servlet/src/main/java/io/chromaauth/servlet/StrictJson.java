package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** JSON that has one reading only, for bodies that decide something. */
final class StrictJson {
  /** Far more than any configuration has; keys are remembered to find them doubled. */
  private static final int MOST_TOKENS = 100_000;

  private static final int DEEPEST = 64;

  private static final JsonFactory FACTORY =
      JsonFactories.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxTokenCount(MOST_TOKENS)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Reads a body as UTF-8 and nothing else. The parser fails at a key that is there twice.
   *
   * @throws IOException if it is not UTF-8
   */
  static JsonParser parser(byte[] body) throws IOException {
    return FACTORY.createParser(
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
  }
}
