package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  @Test
  void anAnswerOfOurOwnIsJson() throws IOException {
    FakeResponse response = new FakeResponse();
    Answers.write(response.servlet(), "[\"é\"]");
    assertEquals(200, response.status);
    assertEquals("[\"é\"]", response.text());
    assertEquals("application/json", response.contentType());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | AuthError | Forbidden",
        "404 | NotFoundError | Collection [x] does not exist",
        "400 | InvalidArgumentError | a \"quoted\" \\ text"
      })
  void anErrorHasChromasForm(int status, String error, String message) throws IOException {
    FakeResponse response = new FakeResponse();
    Answers.refuse(response.servlet(), Answer.error(status, error, message));
    assertEquals(status, response.status);
    assertEquals("application/json", response.contentType());
    String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
    assertEquals("{\"error\":\"" + error + "\",\"message\":\"" + escaped + "\"}", response.text());
  }

  @Test
  void whatIsNotPossibleNowMayBeTriedAgain() throws IOException {
    for (Answer answer : List.of(Answer.UNAVAILABLE, Answer.NO_OWNER, Answer.FAILED)) {
      FakeResponse response = new FakeResponse();
      Answers.refuse(response.servlet(), answer);
      assertEquals(503, response.status);
      assertEquals("1", response.header("Retry-After"));
      assertEquals(true, response.text().startsWith("{\"error\":\"InternalError\","));
    }
  }

  @Test
  void theLiteralTextsOfTheDesignAreKept() {
    assertEquals(
        "{\"error\":\"AuthError\",\"message\":\"Forbidden: outside this identity's tenant or"
            + " database; pass tenant= and database=, see GET /api/v2/auth/identity\"}",
        text(Answer.OUT_OF_BOUNDS));
    assertEquals(403, Answer.OUT_OF_BOUNDS.status());
    assertEquals("{\"error\":\"AuthError\",\"message\":\"Forbidden\"}", text(Answer.FORBIDDEN));
    assertEquals(413, Answer.tooLarge(5).status());
    assertEquals(422, Answer.GUARDED.status());
    assertEquals(405, Answer.wrongMethod("GET, HEAD").status());
    assertEquals(
        List.of(new Answer.Header("Allow", "GET, HEAD")),
        Answer.wrongMethod("GET, HEAD").headers());
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
