package io.chromaauth.authn;

import static io.chromaauth.Samples.header;
import static io.chromaauth.Samples.headers;
import static io.chromaauth.Samples.noHeaders;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.AuthnResult;
import io.chromaauth.Bounds;
import io.chromaauth.RequestHeaders;
import io.chromaauth.Samples;
import io.chromaauth.Secret;
import io.chromaauth.UserIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chroma's measured cases of its token headers, with our answers where Chroma was lax. */
class TokenAuthenticatorTest {
  private static final String TOKEN = "chr0ma-t0k3n";

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource({"authorization", "chromaToken", "either"})
  void aTokenIsReadFromItsHeaderAlone(
      TokenHeader transport, RequestHeaders headers, String answer, String title) {
    AuthnResult result =
        TokenAuthenticator.single(Secret.of(TOKEN), transport, Throttle.off())
            .authenticate(headers);
    assertEquals(answer, answerOf(result), title);
  }

  static Stream<Arguments> authorization() {
    TokenHeader only = TokenHeader.AUTHORIZATION;
    return Stream.of(
        arguments(only, noHeaders(), "not presented", "no credentials"),
        arguments(only, authorization("Bearer " + TOKEN), "anonymous", "valid"),
        arguments(only, authorization("Bearer nope"), "WRONG", "wrong token"),
        arguments(only, authorization("Bearer " + TOKEN + " "), "anonymous", "trailing space"),
        arguments(only, authorization("Bearer   " + TOKEN), "anonymous", "leading spaces"),
        arguments(only, authorization("bearer " + TOKEN), "anonymous", "scheme in lower case"),
        arguments(only, authorization("BEARER " + TOKEN), "anonymous", "scheme in upper case"),
        arguments(only, authorization("Token " + TOKEN), "not presented", "scheme Token"),
        arguments(only, authorization(TOKEN), "not presented", "no scheme"),
        arguments(only, authorization("Bearer Bearer " + TOKEN), "WRONG", "scheme twice"),
        arguments(only, authorization("Bearer\t" + TOKEN), "not presented", "tab"),
        arguments(only, authorization("Bearer"), "WRONG", "scheme only"),
        arguments(only, authorization("Bearer "), "WRONG", "scheme and space"),
        arguments(only, authorization(""), "not presented", "empty header"),
        arguments(only, authorization("Bearer CHR0MA-T0K3N"), "WRONG", "upper case"),
        arguments(only, authorization("Bearer chr0ma t0k3n"), "WRONG", "inner space"),
        arguments(only, authorization("Bearer chr0ma-tökn"), "WRONG", "beyond ASCII"),
        arguments(only, authorization("Bearer chr0ma-t0k3"), "WRONG", "a letter short"),
        arguments(only, authorization("Bearer chr0ma-t0k3nn"), "WRONG", "a letter more"),
        arguments(only, chromaToken(TOKEN), "not presented", "the other header"),
        arguments(only, both("Bearer nope", TOKEN), "WRONG", "both, Authorization wrong"),
        arguments(only, both("Bearer " + TOKEN, "nope"), "anonymous", "both, the other wrong"),
        arguments(only, authorization("Bearer nope", "Bearer " + TOKEN), "AMBIGUOUS", "bad, good"),
        arguments(only, authorization("Bearer " + TOKEN, "Bearer nope"), "AMBIGUOUS", "good, bad"),
        arguments(only, authorization("Bearer " + TOKEN, "Basic YTpi"), "AMBIGUOUS", "two schemes"),
        arguments(only, authorization("Bearer " + TOKEN + ", Bearer nope"), "WRONG", "comma"),
        arguments(
            only,
            authorization("Basic Y2hyMG1hLXQwazNuOg=="),
            "not presented",
            "token as a user of Basic"));
  }

  static Stream<Arguments> chromaToken() {
    TokenHeader only = TokenHeader.X_CHROMA_TOKEN;
    return Stream.of(
        arguments(only, noHeaders(), "not presented", "no credentials"),
        arguments(only, chromaToken(TOKEN), "anonymous", "valid"),
        arguments(only, header("x-chroma-token", TOKEN), "anonymous", "lower-case name"),
        arguments(only, header("X_Chroma_Token", TOKEN), "not presented", "underscores"),
        arguments(only, chromaToken("Bearer " + TOKEN), "WRONG", "with Bearer"),
        arguments(only, authorization("Bearer " + TOKEN), "not presented", "the other header"),
        arguments(only, both("Bearer " + TOKEN, "nope"), "WRONG", "both, X-Chroma-Token wrong"),
        arguments(only, both("Bearer nope", TOKEN), "anonymous", "both, the other wrong"),
        arguments(only, chromaToken("nope"), "WRONG", "wrong"),
        arguments(only, chromaToken("nope", TOKEN), "AMBIGUOUS", "bad, good"),
        arguments(only, chromaToken(TOKEN, "nope"), "AMBIGUOUS", "good, bad"),
        arguments(only, chromaToken(TOKEN, TOKEN), "AMBIGUOUS", "good twice"),
        arguments(only, chromaToken(""), "WRONG", "empty"));
  }

  static Stream<Arguments> either() {
    TokenHeader either = TokenHeader.EITHER;
    return Stream.of(
        arguments(either, noHeaders(), "not presented", "no credentials"),
        arguments(either, authorization("Bearer " + TOKEN), "anonymous", "Authorization"),
        arguments(either, chromaToken(TOKEN), "anonymous", "X-Chroma-Token"),
        arguments(either, both("Bearer " + TOKEN, TOKEN), "anonymous", "both the same"),
        arguments(either, both("Bearer   " + TOKEN, TOKEN), "anonymous", "the same, more spaces"),
        arguments(either, both("Bearer nope", TOKEN), "AMBIGUOUS", "Authorization wrong"),
        arguments(either, both("Bearer " + TOKEN, "nope"), "AMBIGUOUS", "X-Chroma-Token wrong"),
        arguments(either, both("Bearer nope", "nope"), "WRONG", "both the same, wrong"),
        arguments(either, both("Bearer", TOKEN), "AMBIGUOUS", "Bearer without a token"),
        arguments(either, both("Bearer " + TOKEN, ""), "AMBIGUOUS", "empty X-Chroma-Token"),
        arguments(either, both("Bearer", ""), "WRONG", "both empty"),
        arguments(either, authorization("Bearer " + TOKEN, ""), "AMBIGUOUS", "two Authorization"),
        arguments(either, chromaToken(TOKEN, TOKEN), "AMBIGUOUS", "two X-Chroma-Token"),
        arguments(either, chromaToken(""), "WRONG", "empty"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTHORIZATION  | Authorization                 | Bearer realm=\"chroma\"",
        "X_CHROMA_TOKEN | X-Chroma-Token                | ChromaToken realm=\"chroma\"",
        "EITHER         | Authorization, X-Chroma-Token | Bearer realm=\"chroma\", ChromaToken"
            + " realm=\"chroma\""
      })
  void whatItReadsAndAsksForIsTold(TokenHeader transport, String fields, String challenge) {
    var provider = TokenAuthenticator.single(Secret.of(TOKEN), transport, Throttle.off());
    assertEquals(Set.of(fields.split(", ", -1)), provider.credentialHeaders());
    assertEquals(Optional.of(challenge), provider.challenge());
  }

  @Test
  void theSingleTokensBearerIsTheOneUser() {
    var provider = TokenAuthenticator.single(Secret.of(TOKEN), TokenHeader.EITHER, Throttle.off());
    assertEquals(List.of(UserIdentity.of("anonymous", "token")), provider.users());
  }

  @Test
  void aTokensUserHasTheBoundsOfItsFile() {
    Bounds bounds = new Bounds("t", List.of("d"), null);
    var provider =
        new TokenAuthenticator(
            Map.of(
                Digest.sha256("a"), new Held(0, null, 1), Digest.sha256("b"), new Held(0, null, 2)),
            List.of(UserIdentity.of("alice", "token").withBounds(bounds)),
            Map.of(),
            TokenHeader.EITHER,
            Throttle.off());
    AuthnResult alice =
        new AuthnResult.Authenticated(UserIdentity.of("alice", "token").withBounds(bounds));
    assertEquals(alice, provider.authenticate(Samples.bearer("a")));
    assertEquals(alice, provider.authenticate(chromaToken("b")));
  }

  @Test
  void theReasonHoldsNoToken() {
    var provider = TokenAuthenticator.single(Secret.of(TOKEN), TokenHeader.EITHER, Throttle.off());
    for (RequestHeaders request :
        List.of(
            Samples.bearer("s3cret"),
            chromaToken("s3cret", "s3cret-2"),
            authorization("Bearer s3cret", "s3cret"),
            both("Bearer s3cret", "s3cret-2"))) {
      Samples.assertNoSecret(
          assertInstanceOf(AuthnResult.Refused.class, provider.authenticate(request)).toString());
    }
  }

  private static String answerOf(AuthnResult result) {
    if (result instanceof AuthnResult.Authenticated authenticated) {
      return authenticated.identity().userId();
    }
    return result instanceof AuthnResult.Refused refused ? refused.cause().name() : "not presented";
  }

  private static RequestHeaders authorization(String... values) {
    return header("Authorization", values);
  }

  private static RequestHeaders chromaToken(String... values) {
    return header("X-Chroma-Token", values);
  }

  private static RequestHeaders both(String authorization, String chromaToken) {
    return headers(
        Map.of("Authorization", List.of(authorization), "X-Chroma-Token", List.of(chromaToken)));
  }
}
