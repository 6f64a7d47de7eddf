package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.SettingReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word on a client's address is taken, and what is counted as one source. */
class TrustedProxiesTest {
  private final Faults faults = new Faults();

  // proxies | peer | X-Forwarded-For | the client
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "''                 | 10.0.0.1  | 1.2.3.4                       | 10.0.0.1",
        "10.0.0.0/8         | 9.9.9.9   | 1.2.3.4                       | 9.9.9.9",
        "10.0.0.0/8         | 10.0.0.1  | ''                            | 10.0.0.1",
        "10.0.0.0/8         | 10.0.0.1  | 1.2.3.4                       | 1.2.3.4",
        "10.0.0.0/8         | 10.0.0.1  | 6.6.6.6, 1.2.3.4              | 1.2.3.4",
        "10.0.0.0/8         | 10.0.0.1  | 6.6.6.6, 1.2.3.4, 10.9.9.9    | 1.2.3.4",
        "10.0.0.0/8         | 10.0.0.1  | 10.0.0.3, 10.0.0.2            | 10.0.0.3",
        "10.0.0.0/8         | 10.0.0.1  | 1.2.3.4, nonsense             | 10.0.0.1",
        "10.0.0.0/8         | 10.0.0.1  | 1.2.3.4, evil.example         | 10.0.0.1",
        "10.0.0.0/8         | 10.0.0.1  | 1.2.3.4:80                    | 1.2.3.4",
        "10.0.0.0/8         | 10.0.0.1  | [2001:db8::2]:443             | [2001:db8::2]",
        "10.0.0.0/8         | 10.0.0.1  | 999.1.1.1                     | 10.0.0.1",
        "10.0.0.0/8         | 10.0.0.1  | .:1                           | 10.0.0.1",
        "'10.0.0.1 fd00::/8'| 10.0.0.1  | 2001:db8::1, fd00::7          | 2001:db8::1",
        "10.0.0.1           | 10.0.0.2  | 1.2.3.4                       | 10.0.0.2",
        "fd00::/8           | [fd00::1] | [2001:db8::2]                 | [2001:db8::2]",
        "10.0.0.0/9         | 10.128.0.1| 1.2.3.4                       | 10.128.0.1",
        "0.0.0.0/0          | 10.128.0.1| 1.2.3.4                       | 1.2.3.4",
      })
  void theClientIsTheFirstFromTheRightThatIsNoProxy(
      String proxies, String peer, String forwarded, String client) {
    TrustedProxies trusted = read(proxies);
    assertTrue(faults.isEmpty());
    assertEquals(
        client, trusted.client(peer, forwarded.isEmpty() ? List.of() : List.of(forwarded)));
  }

  @Test
  void severalHeadersAreOneList() {
    TrustedProxies trusted = read("10.0.0.0/8");
    assertEquals("1.2.3.4", trusted.client("10.0.0.1", List.of("6.6.6.6", "1.2.3.4, 10.0.0.9")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "1.2.3",
        "::/129",
        "*",
        "10.0.0.0/8;11.0.0.0/8",
        "999.1.1.1",
        "10.0.0.0/8,,"
      })
  void whatIsNoNetworkIsAFault(String proxies) {
    read(proxies);
    assertFalse(faults.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "unknown, unknown, true",
  })
  void guessesOfOneCustomersNetworkCountTogether(String one, String two, boolean together) {
    assertEquals(together, TrustedProxies.source(one).equals(TrustedProxies.source(two)));
  }

  @Test
  void aFloodOfOneClientBehindAProxyDoesNotStopTheOthers() throws Exception {
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(
                Settings.of(
                    "test",
                    Map.of(
                        Names.AUTHN_PROVIDER, "basic",
                        Names.AUTHN_CREDENTIALS,
                            "admin:$2y$04$abcdefghijklmnopqrstuuQe66hACgXZ.ImKMvPGdqru0gQrWJ8Ju",
                        Names.TRUSTED_PROXIES, "192.0.2.1")))
            .build();
    Outcome last = call("6.6.6.6", "wrong").through(filter);
    for (int i = 0; i < 200; i++) {
      last = call("6.6.6.6", "wrong" + i).through(filter);
    }
    assertEquals(429, last.status());
    assertEquals("1", last.header("Retry-After"));
    assertTrue(last.body().contains("RateLimitError"), last.body());
    assertEquals(200, call("7.7.7.7", "admin").through(filter).status());
    filter.destroy();
  }

  private static Call call(String client, String password) {
    String pair = "admin:" + password;
    return Call.get("/api/v2/auth/identity")
        .header("X-Forwarded-For", "1.1.1.1, " + client)
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private TrustedProxies read(String value) {
    Settings settings = Settings.of("test", Map.of(Names.TRUSTED_PROXIES, value));
    return TrustedProxies.read(new SettingReader(settings, faults));
  }
}
