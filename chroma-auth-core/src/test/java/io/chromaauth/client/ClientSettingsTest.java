package io.chromaauth.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.chromaauth.ConfigException;
import io.chromaauth.Samples;
import io.chromaauth.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** The settings of Chroma's clients, of all generations. */
class ClientSettingsTest {
  private static final String PROVIDER = "CHROMA_CLIENT_AUTH_PROVIDER";
  private static final String CREDENTIALS = "CHROMA_CLIENT_AUTH_CREDENTIALS";
  private static final String HEADER = "CHROMA_AUTH_TOKEN_TRANSPORT_HEADER";
  private static final String OLD_HEADER = "CHROMA_CLIENT_AUTH_TOKEN_TRANSPORT_HEADER";
  private static final String TOKEN = "chromadb.auth.token_authn.TokenAuthClientProvider";
  private static final String PROVIDERS =
      "basic, token, chromadb.auth.basic_authn.BasicAuthClientProvider or " + TOKEN;
  private static final String NO_QUOTES = quotes("the value without quotes");
  private static final String HEADERS = "expected one of Authorization, X-Chroma-Token";

  @ParameterizedTest(name = "{0} {2} {3}")
  @CsvSource({
    "basic,                                           admin:admin, , , Authorization, Basic YWRtaW46YWRtaW4=",
    "chromadb.auth.basic.BasicAuthClientProvider,     admin:admin, , , Authorization, Basic YWRtaW46YWRtaW4=",
    "chromadb.auth.basic_authn.BasicAuthClientProvider, admin:admin, , , Authorization, Basic YWRtaW46YWRtaW4=",
    "basic,                                           admin:admin, X-Chroma-Token, , Authorization, Basic YWRtaW46YWRtaW4=",
    "basic,                                           bob:p:a:ss, , , Authorization, Basic Ym9iOnA6YTpzcw==",
    "token,                                           test-token, , , Authorization, Bearer test-token",
    "chromadb.auth.token.TokenAuthClientProvider,     test-token, , , Authorization, Bearer test-token",
    "chromadb.auth.token_authn.TokenAuthClientProvider, test-token, , , Authorization, Bearer test-token",
    "token,                                           test-token, Authorization, , Authorization, Bearer test-token",
    "token,                                           test-token, X-Chroma-Token, , X-Chroma-Token, test-token",
    "token,                                           test-token, , AUTHORIZATION, Authorization, Bearer test-token",
    "token,                                           test-token, , X_CHROMA_TOKEN, X-Chroma-Token, test-token",
    "token,                                           test-token, X-Chroma-Token, X_CHROMA_TOKEN, X-Chroma-Token, test-token",
    "token,                                           test-token, authorization, AUTHORIZATION, Authorization, Bearer test-token",
    "token,                                           user:pass, , , Authorization, Bearer user:pass",
  })
  void settingsOfAllGenerationsNameTheHeader(
      String provider,
      String credentials,
      String header,
      String oldHeader,
      String name,
      String value) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(PROVIDER, provider);
    settings.put(CREDENTIALS, credentials);
    settings.put(HEADER, header == null ? "" : header);
    settings.put(OLD_HEADER, oldHeader == null ? " " : oldHeader);
    assertEquals(Map.of(name, value), read(settings).headers());
  }

  @Test
  void namesMayBeInLowerCaseAsInPython() {
    assertEquals(
        Map.of("Authorization", "Bearer test-token"),
        read(Map.of(
                "chroma_client_auth_provider",
                "token",
                "chroma_client_auth_credentials",
                "test-token"))
            .headers());
  }

  @ParameterizedTest
  @CsvSource({"'\n'", "'\r\n'"})
  void theEndOfALineIsNoPartOfTheCredentials(String end) {
    assertEquals(
        Map.of("Authorization", "Bearer tok"),
        read(Map.of(PROVIDER, "token", CREDENTIALS, "tok" + end)).headers());
    assertEquals(
        Map.of("Authorization", "Basic YWRtaW46YWRtaW4="),
        read(Map.of(PROVIDER, "basic", CREDENTIALS, "admin:admin" + end)).headers());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatIsWrongIsToldInOneLineEach(
      String title, Map<String, String> settings, List<String> faults) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(settings));
    Samples.assertNoSecret(e.toString());
    assertEquals(faults, e.faults().stream().map(ConfigException.Fault::toString).toList());
  }

  static Stream<Arguments> whatIsWrongIsToldInOneLineEach() {
    return Stream.of(providers(), credentials(), headers(), names()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> providers() {
    return Stream.of(
        arguments(
            "nothing set",
            Map.of(),
            List.of(
                "settings ("
                    + PROVIDER
                    + "): found nothing, expected basic or token; fix: export "
                    + PROVIDER
                    + "="
                    + TOKEN)),
        arguments(
            "credentials without a provider",
            Map.of(CREDENTIALS, "s3cret"),
            List.of(
                "settings ("
                    + PROVIDER
                    + "): found credentials without it, expected basic or token;"
                    + " fix: export "
                    + PROVIDER
                    + "="
                    + TOKEN)),
        arguments(
            "the server's class",
            Map.of(
                PROVIDER,
                "chromadb.auth.token_authn.TokenAuthenticationServerProvider",
                CREDENTIALS,
                "s3cret"),
            List.of(
                "environment ("
                    + PROVIDER
                    + "): found"
                    + " 'chromadb.auth.token_authn.TokenAuthenticationServerProvider', expected "
                    + PROVIDERS
                    + "; fix: that is the server's class; name the client's")),
        arguments(
            "a misspelt shorthand",
            Map.of(PROVIDER, "Token", CREDENTIALS, "s3cret"),
            List.of(
                "environment ("
                    + PROVIDER
                    + "): found 'Token', expected "
                    + PROVIDERS
                    + "; fix: did you mean 'token'?")),
        arguments(
            "a provider that no Chroma has",
            Map.of(PROVIDER, "my.own.Provider", CREDENTIALS, "s3cret"),
            List.of(
                "environment (" + PROVIDER + "): found 'my.own.Provider', expected " + PROVIDERS)),
        arguments(
            "a provider in quotes",
            Map.of(PROVIDER, "\"token\"", CREDENTIALS, "s3cret"),
            List.of("environment (" + PROVIDER + "): found '\"token\"'" + quotes("token"))));
  }

  private static Stream<Arguments> credentials() {
    return Stream.of(
        arguments(
            "a token in quotes",
            Map.of(PROVIDER, "token", CREDENTIALS, "\"s3cret\""),
            List.of("environment (" + CREDENTIALS + "): found a value" + NO_QUOTES)),
        arguments(
            "a token with a space",
            Map.of(PROVIDER, "token", CREDENTIALS, "s3cret s3cret"),
            List.of(
                "environment ("
                    + CREDENTIALS
                    + "): found a token with another character, expected a"
                    + " token of printable ASCII characters without spaces")),
        arguments(
            "two lines",
            Map.of(PROVIDER, "token", CREDENTIALS, "s3cret\n\n"),
            List.of(
                "environment ("
                    + CREDENTIALS
                    + "): found a token with another character, expected a"
                    + " token of printable ASCII characters without spaces")),
        arguments(
            "no token",
            Map.of(PROVIDER, "token", CREDENTIALS, " "),
            List.of(
                "environment ("
                    + CREDENTIALS
                    + "): found nothing, expected a token; fix: export "
                    + CREDENTIALS
                    + "=...")),
        arguments(
            "a file, which no Chroma ever read",
            Map.of(PROVIDER, "basic", CREDENTIALS + "_FILE", "client.txt"),
            List.of(
                "settings ("
                    + CREDENTIALS
                    + "): found nothing, expected user:password; fix: no"
                    + " Chroma ever read "
                    + CREDENTIALS
                    + "_FILE; export "
                    + CREDENTIALS
                    + "=...")),
        arguments(
            "a token as Basic",
            Map.of(PROVIDER, "basic", CREDENTIALS, "s3cret"),
            List.of(
                "environment ("
                    + CREDENTIALS
                    + "): found a value without a colon, expected"
                    + " user:password; fix: if it is a token, the provider is token")),
        arguments(
            "a placeholder",
            Map.of(PROVIDER, "basic", CREDENTIALS, "${CHROMA_LOGIN}"),
            List.of(
                "environment (" + CREDENTIALS + "): found a placeholder, expected user:password")));
  }

  private static Stream<Arguments> headers() {
    return Stream.of(
        arguments(
            "another header",
            Map.of(PROVIDER, "token", CREDENTIALS, "s3cret", HEADER, "X-Foo"),
            List.of("environment (" + HEADER + "): found 'X-Foo', " + HEADERS)),
        arguments(
            "a misspelt one under the old name",
            Map.of(PROVIDER, "token", CREDENTIALS, "s3cret", OLD_HEADER, "X_CHROMA_TOKENS"),
            List.of(
                "environment ("
                    + OLD_HEADER
                    + "): found 'X_CHROMA_TOKENS', "
                    + HEADERS
                    + "; fix: did you mean 'X-Chroma-Token'?")),
        arguments(
            "a header in quotes",
            Map.of(PROVIDER, "token", CREDENTIALS, "s3cret", HEADER, "'Authorization'"),
            List.of(
                "environment (" + HEADER + "): found ''Authorization''" + quotes("Authorization"))),
        arguments(
            "old and new name that differ",
            Map.of(
                PROVIDER,
                "token",
                CREDENTIALS,
                "s3cret",
                HEADER,
                "Authorization",
                OLD_HEADER,
                "X_CHROMA_TOKEN"),
            List.of(
                "environment ("
                    + OLD_HEADER
                    + "): found X-Chroma-Token, where "
                    + HEADER
                    + " is Authorization, expected one of them; fix: unset "
                    + OLD_HEADER)));
  }

  private static Stream<Arguments> names() {
    return Stream.of(
        arguments(
            "a misspelt name, and all faults at once",
            Map.of(PROVIDER, "token", "CHROMA_CLIENT_AUTH_CREDENTIAL", "s3cret", HEADER, "X-Foo"),
            List.of(
                "environment (" + HEADER + "): found 'X-Foo', " + HEADERS,
                "settings ("
                    + CREDENTIALS
                    + "): found nothing, expected a token; fix: export "
                    + CREDENTIALS
                    + "=...",
                "environment (CHROMA_CLIENT_AUTH_CREDENTIAL): found an unknown setting, expected a"
                    + " known one; fix: did you mean '"
                    + CREDENTIALS
                    + "'?")));
  }

  @Test
  void anOldNameIsToldWithItsNewOneAndWhatHasNoEffectTooButNoValue() {
    Logger logger = (Logger) LoggerFactory.getLogger(ClientSettings.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      read(
          Map.of(
              PROVIDER,
              "token",
              CREDENTIALS,
              "s3cret",
              OLD_HEADER,
              "X_CHROMA_TOKEN",
              "CHROMA_CLIENT_AUTH_PROTOCOL_ADAPTER",
              "s3cret.Adapter",
              "CHROMA_CLIENT_AUTH_PROVIDERS",
              "s3cret"));
    } finally {
      logger.detachAppender(log);
    }
    assertEquals(
        List.of(
            OLD_HEADER + " is Chroma 0.4's name; write " + HEADER + "=X-Chroma-Token",
            "CHROMA_CLIENT_AUTH_PROTOCOL_ADAPTER has no effect",
            "CHROMA_CLIENT_AUTH_PROVIDERS has no effect; did you mean '" + PROVIDER + "'?"),
        log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }

  private static ClientCredentials read(Map<String, String> settings) {
    return ClientCredentials.fromSettings(Settings.of("environment", settings));
  }

  private static String quotes(String expected) {
    return " with literal quotes around it, expected "
        + expected
        + "; fix: remove them (in a list of a compose file quotes are part of the value)";
  }
}
