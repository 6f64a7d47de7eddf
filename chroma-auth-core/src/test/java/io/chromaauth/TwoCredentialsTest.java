package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials in two headers: nobody can say who asks. */
class TwoCredentialsTest {
  private static final AuthenticationProvider TOKEN =
      TokenAuthentication.single(Secret.of("right-token"));

  /** Lets in whoever sends its header or Basic credentials. */
  private record Trusting(Set<String> credentialHeaders) implements AuthenticationProvider {
    @Override
    public AuthnResult authenticate(RequestHeaders headers) {
      boolean borne =
          credentialHeaders.stream()
              .flatMap(name -> headers.values(name).stream())
              .anyMatch(value -> !value.startsWith("Bearer"));
      return borne
          ? new AuthnResult.Authenticated(UserIdentity.of("trusted", "trusting"))
          : AuthnResult.NOT_PRESENTED;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Basic YTpi, X-Chroma-Token, right-token",
    "Authorization, Basic YTpi, X-Chroma-Token, wrong-token",
    "Authorization, Bearer right-token, X-Chroma-Token, wrong-token",
    "Authorization, Bearer right-token, X-API-Key, key",
    "X-Chroma-Token, right-token, x-api-key, key",
  })
  void areRefusedInEveryOrderOfTheProviders(String one, String its, String two, String others) {
    Map<String, String> headers =
        Map.of(one.toLowerCase(Locale.ROOT), its, two.toLowerCase(Locale.ROOT), others);
    AuthenticationProvider basic = new Trusting(Set.of("authorization"));
    AuthenticationProvider key = new Trusting(Set.of("X-API-Key"));
    for (List<AuthenticationProvider> order :
        List.of(List.of(TOKEN, basic, key), List.of(key, basic, TOKEN))) {
      AuthnResult.Refused refused =
          assertInstanceOf(AuthnResult.Refused.class, authenticate(order, headers));
      assertEquals(AuthnResult.Cause.AMBIGUOUS, refused.cause());
    }
  }

  @Test
  void theSameTokenTwiceIsOne() {
    Map<String, String> headers =
        Map.of("authorization", "Bearer right-token", "x-chroma-token", "right-token");
    List<AuthenticationProvider> both = List.of(new Trusting(Set.of("authorization")), TOKEN);
    assertInstanceOf(AuthnResult.Authenticated.class, authenticate(both, headers));
  }

  @Test
  void whatNoProviderReadsDoesNotCount() {
    Map<String, String> headers = Map.of("authorization", "Basic YTpi", "x-other", "x");
    List<AuthenticationProvider> both = List.of(TOKEN, new Trusting(Set.of("authorization")));
    assertInstanceOf(AuthnResult.Authenticated.class, authenticate(both, headers));
  }

  private static AuthnResult authenticate(
      List<AuthenticationProvider> providers, Map<String, String> headers) {
    ChromaAuth.Builder builder = ChromaAuth.builder();
    providers.forEach(builder::authentication);
    return builder
        .build()
        .snapshot()
        .authenticate(
            name ->
                headers.containsKey(name.toLowerCase(Locale.ROOT))
                    ? List.of(headers.get(name.toLowerCase(Locale.ROOT)))
                    : List.of());
  }
}
