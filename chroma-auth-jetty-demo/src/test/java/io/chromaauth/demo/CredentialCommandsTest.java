package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that make credentials and verify them; what they print can be used as it is. */
class CredentialCommandsTest {
  @TempDir Path folder;

  @Test
  void aNewTokenIsStoredHashedAndWorks() throws Exception {
    Command.Outcome made = Command.run(Map.of(), "", "new-token", "ann \"x\"");
    assertEquals(0, made.code());
    String token = made.out().lines().findFirst().orElseThrow();
    String yaml = made.out().substring(token.length() + 1);
    assertTrue(token.startsWith("chra_"), token);
    assertFalse(yaml.contains(token), yaml);
    Path users = Files.writeString(folder.resolve("users.yaml"), yaml);
    Map<String, String> settings = new HashMap<>();
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", "token");
    settings.put("CHROMA_SERVER_AUTHN_CREDENTIALS_FILE", users.toString());
    Command.Outcome check = Command.run(settings, "", "check");
    assertEquals(0, check.code(), check.err());
    assertFalse(check.out().contains("plain text"), check.out());
  }

  @ParameterizedTest
  @CsvSource({"right horse, 0, right", "wrong horse, 1, wrong", "'', 1, none given"})
  void aPasswordIsHashedAndVerified(String typed, int code, String told) throws Exception {
    Command.Outcome line = typing("right horse\n", Map.of(), "hash-password", "ann", "--cost", "4");
    assertEquals(0, line.code(), line.err());
    assertTrue(line.out().startsWith("ann:$2y$04$"), line.out());
    Path file = Files.writeString(folder.resolve("server.htpasswd"), line.out());
    Map<String, String> settings =
        Map.of(
            "CHROMA_SERVER_AUTHN_PROVIDER",
            "basic",
            "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
            file.toString());
    String input = typed.isEmpty() ? "" : typed + "\n";
    Command.Outcome check = typing(input, settings, "check", "--user", "ann");
    assertEquals(code, check.code(), check.err());
    assertTrue(check.out().contains("password of ann: " + told), check.out());
    assertFalse(check.out().contains("horse"), check.out());
  }

  @Test
  void withoutBasicThereAreNoPasswords() throws Exception {
    Map<String, String> settings =
        Map.of(
            "CHROMA_SERVER_AUTHN_PROVIDER", "token", "CHROMA_SERVER_AUTHN_CREDENTIALS", "s3cret");
    Command.Outcome check = typing("x\n", settings, "check", "--user", "ann");
    assertEquals(1, check.code());
    assertTrue(check.out().contains("Basic is not configured"), check.out());
  }

  @ParameterizedTest
  @CsvSource({
    "a:b, x, without a colon",
    "#a, x, no # at its beginning",
    "' a', x, no blanks around it",
    "a, '', no password",
    "a, TOO-LONG, longer than the 72 bytes",
  })
  void whatCouldNeverLogInIsRefused(String user, String password, String told) throws Exception {
    String input = password.isEmpty() ? "" : password.replace("TOO-LONG", "x".repeat(73)) + "\n";
    Command.Outcome outcome = typing(input, Map.of(), "hash-password", user);
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains(told), outcome.err());
    assertEquals("", outcome.out());
  }

  @Test
  void aCostThatIsNotAcceptedIsNotMade() throws Exception {
    Command.Outcome outcome = typing("x\n", Map.of(), "hash-password", "a", "--cost", "17");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("the cost is 4 to 16"), outcome.err());
  }

  private static Command.Outcome typing(
      String input, Map<String, String> settings, String... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return Command.run(settings, "", args);
    } finally {
      System.setIn(before);
    }
  }
}
