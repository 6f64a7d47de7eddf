package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengesTest {
  private static final String BASIC = "Basic realm=\"chroma\", charset=\"UTF-8\"";
  private static final String BEARER = "Bearer realm=\"chroma\"";
  private static final String CHROMA_TOKEN = "ChromaToken realm=\"chroma\"";
  private static final String INVALID = BEARER + ", error=\"invalid_token\"";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, false",
        "Bearer wrong, true",
        "bearer wrong, true",
        "BEARER   wrong, true",
        // nothing was sent that could be invalid
        "Bearer, false",
        "Bearerwrong, false",
        "Basic dTpw, false",
        "wrong, false",
        "'', false"
      })
  void onlyABearerTokenIsToldToBeInvalid(@Nullable String authorization, boolean invalid) {
    Challenges challenges = new Challenges(List.of(BEARER + ", " + CHROMA_TOKEN), false);
    String expected = (invalid ? INVALID : BEARER) + ", " + CHROMA_TOKEN;
    assertEquals(List.of(expected), values(challenges, authorization));
  }

  @Test
  void eachProviderAsksInAFieldOfItsOwn() {
    Challenges challenges = new Challenges(List.of(BASIC, BEARER), false);
    assertEquals(List.of(BASIC, BEARER), values(challenges, null));
    assertEquals(List.of(BASIC, INVALID), values(challenges, "Bearer x"));
  }

  @Test
  void aTokenInChromasHeaderIsNotToldToBeInvalid() {
    Challenges challenges = new Challenges(List.of(CHROMA_TOKEN), false);
    IncomingRequest request = Call.get("/").header("X-Chroma-Token", "wrong").incoming();
    assertEquals(List.of(CHROMA_TOKEN), values(challenges.answer(request)));
  }

  @Test
  void basicAloneSaysNothingOfTokens() {
    Challenges challenges = new Challenges(List.of(BASIC), false);
    assertEquals(List.of(BASIC), values(challenges, "Bearer x"));
  }

  @Test
  void theBodyIsChromasForUnauthorized() {
    Answer answer = new Challenges(List.of(BASIC), false).answer(Call.get("/").incoming());
    assertEquals(401, answer.status());
    assertEquals("{\"error\":\"AuthError\",\"message\":\"Unauthorized\"}", body(answer));
  }

  @Test
  void asChroma06ItIs403WithoutAChallenge() {
    Challenges challenges = new Challenges(List.of(BASIC, BEARER), true);
    for (Call call : List.of(Call.get("/"), Call.get("/").header("Authorization", "Bearer x"))) {
      Answer answer = challenges.answer(call.incoming());
      assertEquals(403, answer.status());
      assertEquals(List.of(), answer.headers());
      assertEquals("{\"error\":\"AuthError\",\"message\":\"Forbidden\"}", body(answer));
    }
  }

  private static List<String> values(Challenges challenges, @Nullable String authorization) {
    Call call = Call.get("/");
    if (authorization != null) {
      call.header("Authorization", authorization);
    }
    return values(challenges.answer(call.incoming()));
  }

  private static List<String> values(Answer answer) {
    answer.headers().forEach(header -> assertEquals("WWW-Authenticate", header.name()));
    return answer.headers().stream().map(Answer.Header::value).toList();
  }

  private static String body(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
