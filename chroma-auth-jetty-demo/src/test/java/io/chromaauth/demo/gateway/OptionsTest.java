package io.chromaauth.demo.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.settings.UpstreamHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

class OptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8000",
        "//localhost:8000",
        "ftp://localhost",
        "http:/path",
        "http://user:secret@localhost",
        "http://localhost?x=secret",
        "http://localhost#x"
      })
  void urlThatIsNotJustAnUpstreamIsRefused(String url) {
    URI uri = URI.create(url);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> UpstreamOptions.of(uri));
    assertFalse(refused.toString().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8000, '', http://localhost:8000, false",
    "http://localhost:8000/, '', http://localhost:8000, false",
    "https://api.example/chroma%20db/, /chroma%20db, https://api.example, true",
    "http://[::1]:80/a/b, /a/b, http://[::1]:80, false"
  })
  void urlHasAnOriginAndAPrefix(String url, String prefix, String origin, boolean tls) {
    UpstreamOptions options = UpstreamOptions.of(URI.create(url));
    assertEquals(prefix, options.pathPrefix());
    assertEquals(origin, options.origin());
    assertEquals(tls, options.isTls());
  }

  @Test
  void timeoutsAndPortsMustMakeSense() {
    UpstreamOptions upstream = UpstreamOptions.of(URI.create("http://localhost"));
    assertThrows(IllegalArgumentException.class, () -> upstream.withTimeout(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> upstream.withTimeout(Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> GatewayOptions.of("localhost", 65_536));
    assertThrows(IllegalArgumentException.class, () -> GatewayOptions.of("localhost", -1));
    GatewayOptions gateway = GatewayOptions.of("localhost", 0);
    Duration second = Duration.ofSeconds(1);
    assertThrows(
        IllegalArgumentException.class, () -> gateway.withTimeouts(Duration.ofNanos(1), second));
    assertThrows(IllegalArgumentException.class, () -> gateway.withTimeouts(second, Duration.ZERO));
  }

  @Test
  void headersValueIsNotPrinted() {
    UpstreamOptions options =
        UpstreamOptions.of(URI.create("http://localhost"))
            .withHeader(() -> new UpstreamHeader("X-Key", "secret"))
            .withCredentialHeaders(Set.of("authorization"));
    assertFalse(options.toString().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "/ctx, /ctx/api%20v2, a=b, /p/api%20v2, a=b",
    "/ctx, /ctx/, , /p/, ",
    "'', /x, '', /p/x, ''"
  })
  void targetIsTheUriBelowTheContext(
      String context,
      String uri,
      @Nullable String query,
      String path,
      @Nullable String expectedQuery) {
    assertEquals(
        Optional.of(new RawTarget(path, expectedQuery)),
        RawTarget.of(request(context, uri, query), "/p"));
  }

  @ParameterizedTest
  @CsvSource({"/ctx, /ctx", "/ctx, /ctxx/y", "/ctx, /%63tx/y", "'', *", "'', "})
  void targetOutsideTheContextIsNone(String context, @Nullable String uri) {
    assertEquals(Optional.empty(), RawTarget.of(request(context, uri, null), ""));
  }

  private static HttpServletRequest request(
      String context, @Nullable String uri, @Nullable String query) {
    HttpServletRequest request = Mockito.mock(HttpServletRequest.class);
    Mockito.when(request.getContextPath()).thenReturn(context);
    Mockito.when(request.getRequestURI()).thenReturn(uri);
    Mockito.when(request.getQueryString()).thenReturn(query);
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "http://up:8000/p/api/v2?x=y, /api/v2?x=y",
    "http://up:8000/p//evil.org/, http://up:8000/p//evil.org/",
    "http://up:8000/p, http://up:8000/p",
    "http://up:8000/prefix/x, http://up:8000/prefix/x",
    "http://up:8000.evil.org/p/x, http://up:8000.evil.org/p/x",
    "https://docs.trychroma.com/x, https://docs.trychroma.com/x",
    "/relative, /relative"
  })
  void redirectToTheUpstreamIsMadeRelative(String location, String expected) {
    HttpFields.Mutable to = HttpFields.build();
    new ReturnedHeaders(UpstreamOptions.of(URI.create("http://up:8000/p/")))
        .copy(HttpFields.build().add("Location", location), to);
    assertEquals(expected, to.get("Location"));
  }
}
