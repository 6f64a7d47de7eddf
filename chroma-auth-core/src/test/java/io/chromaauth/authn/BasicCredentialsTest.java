package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code Basic} carries: one spelling of each user and password, and nothing else. */
class BasicCredentialsTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void userAndPasswordAreSplitAtTheFirstColon(String base64, String user, String password) {
    BasicCredentials credentials = BasicCredentials.decode(base64).orElseThrow();
    assertEquals(user, credentials.user());
    assertEquals(password, credentials.password().reveal());
  }

  static Stream<Arguments> userAndPasswordAreSplitAtTheFirstColon() {
    return Stream.of(
        arguments("YWRtaW46YWRtaW4=", "admin", "admin"),
        arguments("Ym9iOnA6YTpzcw==", "bob", "p:a:ss"),
        arguments("YWRtaW46", "admin", ""),
        arguments("YWRtaW46Og==", "admin", ":"),
        arguments("asO8cmdlbjpww6Rzc3fDtnJk4oKs", "jürgen", "pässwörd€"),
        arguments("anXMiHJnZW46cMOkc3N3w7ZyZOKCrA==", "ju\u0308rgen", "pässwörd€"),
        arguments(Samples.base64(" a b :\t"), " a b ", "\t"),
        arguments("YWRtaW46YWRtaW4AeA==", "admin", "admin\0x"),
        arguments("YWRtaW46YWRtaW4K", "admin", "admin\n"),
        arguments(Samples.base64("u:😀"), "u", "😀"),
        arguments(Samples.base64("u:\uFEFF"), "u", "\uFEFF"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatIsNotCanonicalBase64OfAUserAndAPasswordIsRefused(String title, String base64) {
    assertEquals(Optional.empty(), BasicCredentials.decode(base64));
  }

  static Stream<Arguments> whatIsNotCanonicalBase64OfAUserAndAPasswordIsRefused() {
    return Stream.of(
        arguments("nothing", ""),
        arguments("no base64", "!!!not-base64!!!"),
        arguments("foreign characters inside", "YWRt!*aW46YWRtaW4="),
        arguments("no padding", "YWRtaW46YWRtaW4"),
        arguments("too much padding", "YWRtaW46YWRtaW4=="),
        arguments("padding inside", "YWRtaW46Og==YWRtaW46Og=="),
        arguments("bits that are cut off", "YWRtaW46YWRtaW5="),
        arguments("base64url", Samples.base64("ab:>>>???").replace('+', '-').replace('/', '_')),
        arguments("line break", "YWRtaW46\r\nYWRtaW4="),
        arguments("space inside", "YWRtaW46 YWRtaW4="),
        arguments("trailing comma", "YWRtaW46YWRtaW4=,"),
        arguments("two credentials", "YWRtaW46YWRtaW4=, Basic YWRtaW46YWRtaW4="),
        arguments("scheme again", "Basic YWRtaW46YWRtaW4="),
        arguments("no colon", "YWRtaW5hZG1pbg=="),
        arguments("no user", "OmFkbWlu"),
        arguments("colon alone", "Og=="),
        arguments("Latin-1", latin1("jürgen:pass")),
        arguments("overlong colon", bytes(0x61, 0xC0, 0xBA, 0x61)),
        arguments("half a character", bytes(0x61, 0x3A, 0xE2, 0x82)),
        arguments("a surrogate", bytes(0x61, 0x3A, 0xED, 0xA0, 0x80)),
        arguments("NUL in the user", Samples.base64("ad\0min:admin")),
        arguments("line break in the user", Samples.base64("admin\r\nINFO forged:admin")),
        arguments("escape in the user", Samples.base64("\u001B[2Jadmin:admin")),
        arguments("C1 control in the user", Samples.base64("ad\u009Bmin:admin")),
        arguments("letters beyond ASCII", "ＹＷＲｔaW46YWRtaW4="));
  }

  @Test
  void thePasswordIsNotPrinted() {
    BasicCredentials credentials =
        BasicCredentials.decode(Samples.base64("admin:s3cret")).orElseThrow();
    assertEquals("BasicCredentials[user=admin, password=***]", credentials.toString());
  }

  private static String latin1(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
