package io.chromaauth.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.ConfigException;
import io.chromaauth.Samples;
import io.chromaauth.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsTest {
  private static final String TOKEN_EXPECTED =
      ", expected a token of printable ASCII characters without spaces";

  @Test
  void eachKindIsOneHeader() {
    assertEquals(
        Map.of("Authorization", "Basic YWRtaW46YWRtaW4="),
        ClientCredentials.basic("admin", Secret.of("admin")).headers());
    assertEquals(
        Map.of("Authorization", "Bearer tok"),
        ClientCredentials.bearer(Secret.of("tok")).headers());
    assertEquals(
        Map.of("X-Chroma-Token", "tok"), ClientCredentials.chromaToken(Secret.of("tok")).headers());
  }

  /** As curl and Python send it; the values were made with {@code printf ... | base64}. */
  @ParameterizedTest
  @CsvSource({
    "admin, correct horse, YWRtaW46Y29ycmVjdCBob3JzZQ==",
    "jürgen, pässwörd€, asO8cmdlbjpww6Rzc3fDtnJk4oKs",
    "bob, p:a:ss, Ym9iOnA6YTpzcw==",
  })
  void basicIsBase64OfUtf8(String user, String password, String base64) {
    assertEquals(
        Map.of("Authorization", "Basic " + base64),
        ClientCredentials.basic(user, Secret.of(password)).headers());
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void whatIsNoCredentialIsRefusedInOneLineWithoutIt(Executable made, String fault) {
    ConfigException e = assertThrows(ConfigException.class, made);
    Samples.assertNoSecret(e.toString());
    assertEquals(fault, e.getMessage());
  }

  static Stream<Arguments> whatIsNoCredentialIsRefusedInOneLineWithoutIt() {
    return Stream.of(
        arguments(
            basic("a:b", "s3cret"), "user: found a name with a colon, expected a name without"),
        arguments(basic("", "s3cret"), "user and password: found no user, expected user:password"),
        arguments(basic("a", ""), "user and password: found no password, expected user:password"),
        arguments(
            basic("a", "s3cret\n"),
            "user and password: found a control character, such as a line's end, expected"
                + " user:password"),
        arguments(
            basic("a", Samples.ADMIN_HASH),
            "user and password: found a line of htpasswd, expected user:password; fix: the password"
                + " itself; its hash is for the server"),
        arguments(token(""), "token: found nothing" + TOKEN_EXPECTED),
        arguments(
            token("s3cret token"), "token: found a token with another character" + TOKEN_EXPECTED),
        arguments(
            token("s3cret\r\n"), "token: found a token with another character" + TOKEN_EXPECTED),
        arguments(
            token("s3cret-ü"), "token: found a token with another character" + TOKEN_EXPECTED),
        arguments(token("${CHROMA_TOKEN}"), "token: found a placeholder" + TOKEN_EXPECTED),
        arguments(
            token("bearer s3cret"),
            "token: found a whole header" + TOKEN_EXPECTED + "; fix: leave out 'Bearer '"),
        arguments(
            token("sha256:" + Samples.SHA_256),
            "token: found the hash of a token"
                + TOKEN_EXPECTED
                + "; fix: the token itself; its hash is for the server"));
  }

  private static Executable basic(String user, String password) {
    return () -> ClientCredentials.basic(user, Secret.of(password));
  }

  private static Executable token(String token) {
    return () -> ClientCredentials.chromaToken(Secret.of(token));
  }

  @Test
  void theyAreFetchedOnceWhenFirstAskedForByWhateverThread() {
    AtomicInteger fetched = new AtomicInteger();
    ClientCredentials credentials =
        ClientCredentials.once(
            () -> ClientCredentials.bearer(Secret.of("tok" + fetched.incrementAndGet())));
    assertEquals(0, fetched.get());
    Set<Map<String, String>> seen = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 64).parallel().forEach(i -> seen.add(credentials.headers()));
    assertEquals(Set.of(Map.of("Authorization", "Bearer tok1")), seen);
    assertEquals(1, fetched.get());
    assertSame(credentials.headers(), credentials.headers());
  }

  @Test
  void whatFailedToBeFetchedIsFetchedAgain() {
    AtomicInteger fetched = new AtomicInteger();
    ClientCredentials credentials =
        ClientCredentials.once(
            () -> {
              if (fetched.incrementAndGet() == 1) {
                throw new IllegalStateException("the vault is closed");
              }
              return ClientCredentials.bearer(Secret.of("tok"));
            });
    assertThrows(IllegalStateException.class, credentials::headers);
    assertEquals(Map.of("Authorization", "Bearer tok"), credentials.headers());
  }

  @Test
  void nothingPrintsASecret() {
    List<ClientCredentials> all =
        List.of(
            ClientCredentials.basic("admin", Secret.of("s3cret")),
            ClientCredentials.bearer(Secret.of("s3cret")),
            ClientCredentials.once(() -> ClientCredentials.chromaToken(Secret.of("s3cret"))));
    for (ClientCredentials credentials : all) {
      String headers = credentials.headers().toString();
      Samples.assertNoSecret(credentials + headers);
      assertEquals(-1, headers.indexOf("czNjcmV0"), "nor its base64");
    }
    assertEquals("[Authorization]=***", all.get(1).headers().toString());
  }

  @Test
  void nobodyChangesTheHeaders() {
    Map<String, String> headers = ClientCredentials.bearer(Secret.of("tok")).headers();
    assertThrows(UnsupportedOperationException.class, () -> headers.put("X-Other", "1"));
    assertThrows(UnsupportedOperationException.class, headers::clear);
    var entry = headers.entrySet().iterator().next();
    assertThrows(UnsupportedOperationException.class, () -> entry.setValue("other"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chroma.example",
        "HTTPS://chroma.example:8000/path",
        "http://localhost:8000",
        "HTTP://LocalHost",
        "http://127.0.0.1:8000",
        "http://127.1.2.3",
        "http://[::1]:8000",
      })
  void headersAreGivenForAServerThatNobodyListensOnTheWayTo(String server) {
    ClientCredentials credentials = ClientCredentials.bearer(Secret.of("tok"));
    assertEquals(credentials.headers(), credentials.headersFor(URI.create(server)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://chroma.example:8000/x, http://chroma.example:8000",
    "http://chroma, http://chroma:80",
    "http://localhost.evil.example, http://localhost.evil.example:80",
    "http://127.0.0.1.evil.example, http://127.0.0.1.evil.example:80",
    "http://10.0.0.1, http://10.0.0.1:80",
    "http://[::2], http://[::2]:80",
    "http://user:s3cret@chroma, http://chroma:80",
  })
  void theyAreNotForAnotherMachineByPlainHttp(String server, String shown) {
    ClientCredentials credentials = () -> Map.of("X-Any", "tok");
    ConfigException e =
        assertThrows(ConfigException.class, () -> credentials.headersFor(URI.create(server)));
    assertEquals(
        shown
            + ": found credentials by plain HTTP, expected HTTPS to another machine; fix: an https"
            + " URL, or headers() where the network is trusted",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"chroma:8000", "ftp://chroma", "/api", "http:///x", "http://a_b", "https:s3cret"})
  void whatIsNoUrlOfAServerIsRefused(String server) {
    ClientCredentials credentials = ClientCredentials.bearer(Secret.of("tok"));
    ConfigException e =
        assertThrows(ConfigException.class, () -> credentials.headersFor(URI.create(server)));
    assertEquals(
        "Chroma's URL: found something else, expected such as https://chroma.example; fix: begin"
            + " with https://",
        e.getMessage());
  }
}
