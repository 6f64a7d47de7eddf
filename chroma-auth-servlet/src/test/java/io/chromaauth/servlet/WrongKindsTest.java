package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongKindsTest {
  private static final String BASIC = "Basic realm=\"chroma\", charset=\"UTF-8\"";
  private static final String EITHER = "Bearer realm=\"chroma\", ChromaToken realm=\"chroma\"";

  private final Logged log = Logged.by("chroma.auth");

  @AfterEach
  void close() {
    log.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "Basic c2VjcmV0 | - | Basic credentials",
        "basic c2VjcmV0 | - | Basic credentials",
        "Bearer c2VjcmV0 | - | Bearer credentials",
        "Digest username=c2VjcmV0 | - | Digest credentials",
        "Negotiate c2VjcmV0 | - | Negotiate credentials",
        "Token c2VjcmV0 | - | Token credentials",
        "Basic c2VjcmV0 | c2VjcmV0 | Basic credentials",
        "- | c2VjcmV0 | an X-Chroma-Token",
        // what stands first may be the secret itself
        "c2VjcmV0 | - | Authorization without a known scheme",
        "Basicc2VjcmV0 | - | Authorization without a known scheme",
        "c2VjcmV0 x | - | Authorization without a known scheme"
      })
  void whatWasSentAndWhatIsTakenIsToldWithoutTheCredential(
      @Nullable String authorization, @Nullable String token, String sent) {
    new WrongKinds(List.of(EITHER)).note(request(authorization, token));
    assertEquals(1, log.lines().size());
    String line = log.lines().get(0);
    assertTrue(
        line.startsWith(
            "192.0.2.1 sent " + sent + ", but this server takes Bearer or X-Chroma-Token:"),
        line);
    assertFalse(line.contains("c2VjcmV0"), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Basic realm=\"chroma\", charset=\"UTF-8\" | Basic",
        "Bearer realm=\"chroma\" | Bearer",
        "ChromaToken realm=\"chroma\" | X-Chroma-Token",
        "Bearer realm=\"chroma\", ChromaToken realm=\"chroma\" | Bearer or X-Chroma-Token",
        // a challenge may be a scheme alone
        "Negotiate | Negotiate"
      })
  void whatIsTakenIsReadFromTheChallenges(String challenge, String taken) {
    new WrongKinds(List.of(challenge)).note(request("Digest x", null));
    String line = log.lines().get(0);
    assertTrue(line.contains("this server takes " + taken + ":"), line);
  }

  @Test
  void severalProvidersAreNamedTogether() {
    new WrongKinds(List.of(BASIC, EITHER)).note(request("Digest x", null));
    assertTrue(log.lines().get(0).contains("takes Basic or Bearer or X-Chroma-Token:"));
  }

  @Test
  void itIsToldOnceForEachSourceAndKind() {
    WrongKinds kinds = new WrongKinds(List.of(EITHER));
    for (int i = 0; i < 5; i++) {
      kinds.note(request("Basic " + i, null));
    }
    assertEquals(1, log.lines().size());
    kinds.note(request("Digest x", null));
    assertEquals(2, log.lines().size());
  }

  @Test
  void noCredentialsAreNoWrongOnes() {
    assertEquals("no credentials", new WrongKinds(List.of(EITHER)).note(request(null, null)));
    assertEquals(List.of(), log.lines());
  }

  @Test
  void theReasonForTheAuditHoldsNoCredentialEither() {
    WrongKinds kinds = new WrongKinds(List.of(EITHER));
    for (int i = 0; i < 2; i++) {
      String reason = kinds.note(request("c2VjcmV0", null));
      assertEquals(
          "Authorization without a known scheme sent, Bearer or X-Chroma-Token taken", reason);
    }
  }

  private static IncomingRequest request(@Nullable String authorization, @Nullable String token) {
    Call call = Call.get("/");
    if (authorization != null) {
      call.header("Authorization", authorization);
    }
    if (token != null) {
      call.header("X-Chroma-Token", token);
    }
    return call.incoming();
  }
}
