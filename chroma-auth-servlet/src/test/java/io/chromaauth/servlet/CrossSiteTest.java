package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.ContainerAuthentication;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteTest {
  private static final String HOST = "chroma.example:8000";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // origin, host, sec-fetch-site, refused
        "-, chroma.example, -, false",
        "-, -, -, false",
        "-, chroma.example, same-origin, false",
        "-, chroma.example, same-site, false",
        "-, chroma.example, none, false",
        "-, chroma.example, cross-site, true",
        "-, chroma.example, Cross-Site, true",
        // its own
        "http://chroma.example, chroma.example, -, false",
        "https://chroma.example, chroma.example, -, false",
        "http://chroma.example:8000, chroma.example:8000, -, false",
        "HTTP://Chroma.Example:8000, CHROMA.example:8000, -, false",
        "http://chroma.example, chroma.example:80, -, false",
        "https://chroma.example, chroma.example:443, -, false",
        "http://chroma.example:80, chroma.example, -, false",
        "http://[::1]:8000, [::1]:8000, -, false",
        // its own, whatever a browser says beside it
        "http://chroma.example, chroma.example, cross-site, false",
        // another's
        "http://evil.example, chroma.example, -, true",
        "http://evil.example, chroma.example, same-origin, true",
        "http://chroma.example.evil.example, chroma.example, -, true",
        "http://evilchroma.example, chroma.example, -, true",
        "http://chroma.example:8001, chroma.example:8000, -, true",
        "http://chroma.example, chroma.example:8000, -, true",
        "https://chroma.example, chroma.example:80, -, true",
        "http://chroma.example, chroma.example:443, -, true",
        "http://user@chroma.example, chroma.example, -, true",
        "http://chroma.example/, chroma.example, -, true",
        "http://chroma.example http://evil.example, chroma.example, -, true",
        "http://evil.example, -, -, true",
        "http://chroma.example, -, -, true",
        // no origin of a page
        "null, chroma.example, -, true",
        "null, null, -, true",
        "chroma.example, chroma.example, -, true",
        "://chroma.example, chroma.example, -, true",
        "'', chroma.example, -, true",
        // an app's own scheme is not this server's origin
        "capacitor://chroma.example, chroma.example, -, true",
        "file://, '', -, true"
      })
  void anUnsafeRequestMustComeFromItsOwnOriginOrFromNoPage(
      @Nullable String origin, @Nullable String host, @Nullable String site, boolean refused) {
    Call call = Call.post("/api/v2/reset");
    add(call, "Origin", origin);
    add(call, "Host", host);
    add(call, "Sec-Fetch-Site", site);
    assertEquals(refused, new CrossSite(Set.of()).refuses(call.incoming()));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, false",
    "HEAD, false",
    "POST, true",
    "PUT, true",
    "PATCH, true",
    "DELETE, true",
    "OPTIONS, true",
    "get, true",
    "FOO, true"
  })
  void onlyReadingIsFreeForEveryPage(String method, boolean refused) {
    Call foreign =
        Call.of(method, "/").header("Host", HOST).header("Origin", "http://evil.example");
    assertEquals(refused, new CrossSite(Set.of()).refuses(foreign.incoming()));
    Call noOrigin =
        Call.of(method, "/").header("Host", HOST).header("Sec-Fetch-Site", "cross-site");
    assertEquals(refused, new CrossSite(Set.of()).refuses(noOrigin.incoming()));
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example, false",
    "https://APP.example, false",
    "http://app.example, true",
    "https://app.example:444, true",
    "https://sub.app.example, true",
    "https://app.example.evil, true",
    "null, true"
  })
  void anAllowedOriginIsExactlyTheOneThatWasNamed(String origin, boolean refused) {
    CrossSite crossSite = new CrossSite(Set.of("https://app.example"));
    Call call = Call.post("/").header("Host", HOST).header("Origin", origin);
    assertEquals(refused, crossSite.refuses(call.incoming()));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // authorization, x-chroma-token, refused
        "Bearer t, -, false",
        "bearer t, -, false",
        "-, t, false",
        "Bearer t, t, false",
        "-, -, true",
        "Basic dTpw, -, true",
        // the Basic that a browser attaches is not hidden by a header that a page adds
        "Basic dTpw, t, true",
        "Bearer, -, true",
        "Bearert, -, true",
        "Digest x, t, true"
      })
  void aStarLetsThroughOnlyWhatNoBrowserAttachesByItself(
      @Nullable String authorization, @Nullable String token, boolean refused) {
    CrossSite crossSite = new CrossSite(Set.of("*"));
    for (String header : new String[] {"Origin", "Sec-Fetch-Site"}) {
      Call call = Call.post("/").header("Host", HOST);
      call.header(header, header.equals("Origin") ? "http://evil.example" : "cross-site");
      add(call, "Authorization", authorization);
      add(call, "X-Chroma-Token", token);
      assertEquals(refused, crossSite.refuses(call.incoming()), header);
    }
  }

  @Test
  void aTokenWithoutTheStarDoesNotMakeAForeignPageWelcome() {
    Call call =
        Call.post("/")
            .header("Host", HOST)
            .header("Origin", "http://evil.example")
            .header("Authorization", "Bearer t")
            .header("X-Chroma-Token", "t");
    assertEquals(true, new CrossSite(Set.of("https://app.example")).refuses(call.incoming()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Original-URL"})
  void noOtherHeaderSaysWhatTheOwnOriginIs(String name) {
    Call call =
        Call.post("/")
            .header("Host", HOST)
            .header("Origin", "http://evil.example")
            .header(name, "evil.example");
    assertEquals(true, new CrossSite(Set.of()).refuses(call.incoming()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer junk", "Basic Ym9iOngK"})
  void aTokenThatNobodyReadsOpensNothingToACookie(String authorization)
      throws IOException, ServletException {
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(Team.only(Names.ALLOWED_ORIGINS, "[\"*\"]"))
            .authentication(ContainerAuthentication.principal())
            .build();
    Call call = Call.post("/api/v2/reset").header("Host", "chroma.example");
    assertEquals(200, call.through(filter).status());
    call.header("Origin", "http://evil.example").header("Authorization", authorization);
    assertEquals(403, call.through(filter).status());
    call.header("X-Chroma-Token", "junk");
    assertEquals(403, call.through(filter).status());
  }

  private static void add(Call call, String name, @Nullable String value) {
    if (value != null) {
      call.header(name, value);
    }
  }
}
