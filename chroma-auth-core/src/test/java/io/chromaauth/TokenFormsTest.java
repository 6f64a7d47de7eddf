package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One line is one token, and from two lines on it is YAML: what each may look like. */
class TokenFormsTest {
  private static final String TOKEN =
      ", expected a token of printable ASCII characters without spaces";
  private static final String HASH =
      ": found sha256: without 64 hexadecimal digits behind it, expected sha256: and the token's"
          + " SHA-256; fix: printf %s TOKEN | sha256sum";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("singleTokens")
  void aLineThatIsNoTokenIsTold(String title, String text, String fault) {
    List<String> faults = Start.faults(Start.token(directory, text), directory);
    assertEquals(List.of("users.yaml" + fault), faults);
  }

  static Stream<Arguments> singleTokens() {
    String odd =
        ": found a token with a space or a character beyond ASCII"
            + TOKEN
            + "; fix: openssl rand -hex 32";
    String oneLine =
        ": found users in a single line, expected users in YAML of two lines or more (one line is"
            + " one token); fix: break the line after 'users:'";
    return Stream.of(
        arguments("space", "s3cret x", odd),
        arguments("trailing space", "s3cret \n", odd),
        arguments("umlaut", "s3cret-ö", odd),
        arguments("control character", "s3cret\u0007", odd),
        arguments("users in a line", "users: [{id: a, tokens: [s3cret]}]", oneLine),
        arguments("users in a line of flow style", "{users: [{id: a, tokens: [s3cret]}]}", oneLine),
        arguments("users in JSON", "{\"users\":[{\"id\":\"a\",\"tokens\":[\"s3cret\"]}]}", oneLine),
        arguments(
            "0.4's users in JSON",
            "[{\"id\":\"a\",\"tokens\":[\"s3cret\"]}]",
            oneLine.replace("break the line after 'users:'", "write users: in a line before it")),
        arguments("short hash", "sha256:s3cret", ":1 (token)" + HASH));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aTokenIsFoundInEveryForm(String text, String token, String user) {
    try (var auth = Start.with(Start.token(directory, text))) {
      AuthnResult result = auth.snapshot().authenticate(Samples.bearer(token));
      assertEquals(
          user, assertInstanceOf(AuthnResult.Authenticated.class, result).identity().userId());
    }
  }

  static Stream<Arguments> aTokenIsFoundInEveryForm() {
    return Stream.of(
        arguments("users:\n- {id: a, tokens: ['12345']}\n", "12345", "a"),
        arguments("users:\n- {id: 007, tokens: [s3cret, s3cret-2]}\n", "s3cret-2", "007"),
        arguments("users:\n- {id: no, tokens: [{token: s3cret, secret: x}]}\n", "s3cret", "no"),
        arguments("users:\n- {id: a, tokens: ['sha256:" + Samples.SHA_256 + "']}\n", "s3cret", "a"),
        arguments(
            "users:\n- {id: a, tokens: [sha256:"
                + Samples.SHA_256.toUpperCase(Locale.ROOT)
                + "]}\n",
            "s3cret",
            "a"),
        arguments(
            "roles_mapping: {}\nusers:\n- {id: a, role: x, tokens: ['s#c:r,3[t']}\n",
            "s#c:r,3[t",
            "a"),
        arguments("sha256:" + Samples.SHA_256, "s3cret", "anonymous"),
        arguments(
            "~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./",
            "~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./", "anonymous"));
  }
}
