package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the body of {@code POST /auth/can-i} asks.
 *
 * @param as about whom, or null for whoever asks
 * @param questions at least one
 * @param many whether they came as a list, and the answers go as one
 */
record CanIQuestions(@Nullable String as, List<Question> questions, boolean many) {
  /** More than any page shows; each costs a decision. */
  private static final int MOST = 100;

  /** A request line that a container takes is no longer. */
  private static final int LONGEST_TEXT = 16 * 1024;

  private static final Set<String> KEYS =
      Set.of("action", "tenant", "database", "collection", "method", "path", "body");

  private static final JsonFactory JSON = JsonFactories.plain();

  CanIQuestions {
    questions = List.copyOf(questions);
  }

  /**
   * The questions in a body.
   *
   * @throws IllegalArgumentException if it asks none, in words for whoever asks
   */
  static CanIQuestions parse(byte[] body) {
    try (JsonParser parser = StrictJson.parser(body)) {
      CanIQuestions questions = new Reader(parser).readBody();
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON object");
      }
      return questions;
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not one JSON object in UTF-8", e);
    }
  }

  /** Reads one document. */
  private static final class Reader {
    private final JsonParser parser;
    private final Map<String, String> texts = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private @Nullable String as;
    private boolean many;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    CanIQuestions readBody() throws IOException {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "the body is not a JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
          case "as" -> as = text(key);
          case "questions" -> readQuestions();
          default -> readField(key, texts);
        }
      }
      expect(many == texts.isEmpty(), "either questions, or the fields of one question");
      if (!many) {
        questions.add(question(texts));
      }
      expect(!questions.isEmpty(), "no questions");
      return new CanIQuestions(as, questions, many);
    }

    private void readQuestions() throws IOException {
      expect(parser.currentToken() == JsonToken.START_ARRAY, "questions is not a list");
      many = true;
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        expect(questions.size() < MOST, "more than " + MOST + " questions");
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          parser.nextToken();
          readField(key, fields);
        }
        questions.add(question(fields));
      }
      expect(parser.currentToken() == JsonToken.END_ARRAY, "a question is not a JSON object");
    }

    private void readField(String key, Map<String, String> fields) throws IOException {
      expect(KEYS.contains(key), "a key that is none of as, questions, " + sorted());
      fields.put(key, key.equals("body") ? json() : text(key));
    }

    private String text(String key) throws IOException {
      expect(parser.currentToken() == JsonToken.VALUE_STRING, key + " is not a text");
      expect(parser.getTextLength() <= LONGEST_TEXT, key + " is too long");
      return parser.getText();
    }

    /** A body as it would be sent. */
    private String json() throws IOException {
      StringWriter text = new StringWriter();
      try (JsonGenerator generator = JSON.createGenerator(text)) {
        generator.copyCurrentStructure(parser);
      }
      return text.toString();
    }

    private static Question question(Map<String, String> fields) {
      String action = fields.get("action");
      String method = fields.get("method");
      String path = fields.get("path");
      AuthzResource resource = resource(fields);
      if (action != null) {
        expect(method == null && path == null, "either action, or method and path");
        return new Question.OfAction(AuthzAction.of(action), resource);
      }
      expect(method != null && path != null, "neither action, nor method and path");
      return new Question.OfRequest(
          String.valueOf(method),
          String.valueOf(path),
          fields.get("body"),
          resource.collection() == null ? null : resource);
    }

    private static AuthzResource resource(Map<String, String> fields) {
      return AuthzResource.of(
          fields.get("tenant"), fields.get("database"), fields.get("collection"));
    }

    private static String sorted() {
      return String.join(", ", KEYS.stream().sorted().toList());
    }

    private static void expect(boolean fits, String otherwise) {
      if (!fits) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }
}
