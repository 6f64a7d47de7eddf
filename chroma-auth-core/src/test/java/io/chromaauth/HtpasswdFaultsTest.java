package io.chromaauth;

import static io.chromaauth.Samples.ADMIN_HASH;
import static io.chromaauth.Samples.ADMIN_TAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.settings.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the htpasswd format, with the one line that tells its breach. */
class HtpasswdFaultsTest {
  private static final String FORM = ", expected user:bcrypt-hash";
  private static final String NOT_BCRYPT =
      " for the user 'admin', expected a bcrypt hash ($2a$, $2b$ or $2y$); fix: htpasswd -B FILE"
          + " 'admin'";

  private static final String NO_HASH =
      ", expected a bcrypt hash ($2a$, $2b$ or $2y$); fix: htpasswd -B FILE USER";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aLineThatIsNotRightIsToldWithItsNumber(String title, String text, String fault) {
    List<String> faults = Start.faults(Start.basic(directory, text), directory);
    assertEquals(List.of("server.htpasswd" + fault), faults);
  }

  static Stream<Arguments> aLineThatIsNotRightIsToldWithItsNumber() {
    String noUsers = ": found no users" + FORM + "; fix: htpasswd -B FILE USER";
    return Stream.of(
        arguments("empty", "", noUsers),
        arguments("blank lines", "\n \r\n\t\n", noUsers),
        arguments("comments only", "# nobody\n#admin:" + ADMIN_HASH + "\n", noUsers),
        arguments("no colon", "# x\n\nadmin-s3cret\n", ":3: found a line without a colon" + FORM),
        arguments("no user", ":" + ADMIN_HASH, ":1: found a line without a user" + FORM),
        arguments(
            "control character",
            "ad\u001Bmin:" + ADMIN_HASH,
            ":1: found a control character in a user's name" + FORM),
        arguments(
            "UTF-16 without a byte order mark",
            "a\0d\0m\0i\0n\0:\0" + ADMIN_HASH,
            ":1: found a control character in a user's name" + FORM),
        arguments(
            "user twice",
            line("admin") + line("bob") + line("admin"),
            ":3: found the user 'admin' again" + FORM + "; fix: remove this line or line 1"),
        arguments(
            "user twice, many lines apart",
            line("admin") + many() + line("user30"),
            ":32: found the user 'user30' again" + FORM + "; fix: remove this line or line 31"),
        arguments("no hash", "admin:", ":1: found no hash" + NO_HASH),
        arguments(
            "MD5",
            "admin:$apr1$I5wqRqJ0$4KvvxGxKAI7/B/LxLR9Zp1",
            ":1: found an MD5 hash" + NOT_BCRYPT),
        arguments(
            "crypt's MD5", "admin:$1$s3cret$4KvvxGxKAI7", ":1: found an MD5 hash" + NOT_BCRYPT),
        arguments(
            "SHA-1",
            "admin:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=",
            ":1: found a SHA-1 hash" + NOT_BCRYPT),
        arguments("SHA-256", "admin:$5$s3cret$x", ":1: found a SHA-2 crypt hash" + NOT_BCRYPT),
        arguments("SHA-512", "admin:$6$s3cret$x", ":1: found a SHA-2 crypt hash" + NOT_BCRYPT),
        arguments("DES", "admin:PLsAcpZEBfvEg", ":1: found a DES hash or plain text" + NO_HASH),
        arguments("plain text", "admin:s3cret", ":1: found a DES hash or plain text" + NO_HASH),
        arguments(
            "extra field",
            "admin:" + ADMIN_HASH + ":extra",
            ":1: found a damaged bcrypt hash" + NOT_BCRYPT),
        arguments(
            "hash cut short",
            "admin:" + ADMIN_HASH.substring(0, 59),
            ":1: found a damaged bcrypt hash" + NOT_BCRYPT),
        arguments(
            "hash with a foreign character",
            "admin:" + ADMIN_HASH.substring(0, 59) + "!",
            ":1: found a damaged bcrypt hash" + NOT_BCRYPT),
        arguments("cost 3", cost("03"), wrongCost(3)),
        arguments("cost 17", cost("17"), wrongCost(17)),
        arguments("cost 31", cost("31"), wrongCost(31)),
        arguments("cost 99", cost("99"), wrongCost(99)));
  }

  private static String many() {
    return IntStream.range(1, 31).mapToObj(i -> line("user" + i)).collect(Collectors.joining());
  }

  @Test
  void aUserWhoseHashIsNotRightIsNotReadAgain() {
    String text =
        "admin:{SHA}x\n" + line("admin") + cost("31").replace("admin", "bob") + "\nbob:\n";
    List<String> faults = Start.faults(Start.basic(directory, text), directory);
    assertEquals(4, faults.size());
    String again =
        "server.htpasswd:%d: found the user '%s' again"
            + FORM
            + "; fix: remove this line or line %d";
    assertEquals(again.formatted(2, "admin", 1), faults.get(1));
    assertEquals(again.formatted(4, "bob", 3), faults.get(3));
  }

  @Test
  void allLinesThatAreNotRightAreToldAtOnce() {
    String text = "# users\r\n" + "admin\r\n" + line("bob") + "eve:s3cret\r\n" + cost("31");
    assertEquals(
        List.of(
            "server.htpasswd:2: found a line without a colon" + FORM,
            "server.htpasswd:4: found a DES hash or plain text, expected a"
                + " bcrypt hash ($2a$, $2b$ or $2y$); fix: htpasswd -B FILE USER",
            "server.htpasswd" + wrongCost(31).replace(":1:", ":5:")),
        Start.faults(Start.basic(directory, text), directory));
  }

  @Test
  void aFaultInAnInlineValueNamesTheSetting() {
    Map<String, String> settings =
        Map.of(Names.AUTHN_PROVIDER, "basic", Names.AUTHN_CREDENTIALS, "admin:s3cret");
    List<String> faults = Start.faults(settings);
    assertEquals(1, faults.size());
    assertEquals(
        "environment CHROMA_SERVER_AUTHN_CREDENTIALS:1: found a DES hash or plain text" + NO_HASH,
        faults.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin:$2a$04$" + ADMIN_TAIL,
        "admin:$2b$04$" + ADMIN_TAIL,
        "admin:$2y$04$" + ADMIN_TAIL,
        "admin:$2y$04$" + ADMIN_TAIL + "\n",
        "admin:$2y$04$" + ADMIN_TAIL + "\r\n",
        "  admin:$2y$04$" + ADMIN_TAIL + " \n",
        "\uFEFFadmin:$2y$04$" + ADMIN_TAIL,
        "# a comment\n#comment:with-colon\n\nadmin:$2y$04$" + ADMIN_TAIL,
        "bob:$2y$04$" + ADMIN_TAIL + "\n\n\nadmin:$2y$04$" + ADMIN_TAIL
      })
  void theUserIsFoundHoweverTheFileIsWritten(String text) {
    try (var auth = Start.with(Start.basic(directory, text))) {
      assertInstanceOf(
          AuthnResult.Authenticated.class,
          auth.snapshot().authenticate(Samples.basic("admin", "admin")));
      assertInstanceOf(
          AuthnResult.Refused.class,
          auth.snapshot().authenticate(Samples.basic("#comment", "admin")));
    }
  }

  @Test
  void aCostOf16IsAcceptedAndOf4() {
    try (var auth = Start.with(Start.basic(directory, cost("16") + "\n" + line("bob")))) {
      assertEquals(
          List.of("users: 2, 0 of them bound to a tenant, databases or collections"),
          lastDetails(auth));
    }
  }

  private static List<String> lastDetails(ChromaAuth auth) {
    return auth.summary().details().stream().filter(line -> line.startsWith("users")).toList();
  }

  private static String line(String user) {
    return user + ":" + ADMIN_HASH + "\n";
  }

  private static String cost(String digits) {
    return "admin:$2y$" + digits + "$" + ADMIN_TAIL;
  }

  private static String wrongCost(int cost) {
    return ":1: found bcrypt cost "
        + cost
        + " for the user 'admin', expected a cost from 4 to 16; fix: htpasswd -B -C 10 FILE"
        + " 'admin'";
  }
}
