package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Settings;
import io.chromaauth.demo.api.EmbeddedChroma;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The first two minutes of every user. */
@Timeout(60)
class DemoCommandTest {
  private static final Pattern URL = Pattern.compile("http://localhost:\\d+");
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  @TempDir Path folder;

  @Test
  void itServesASecuredChromaWithUsersOfItsOwn() throws Exception {
    try (Running demo = Running.start(folder)) {
      DemoFolder made = DemoFolder.open(folder);
      String writer = token(made, "writer");
      String reader = token(made, "reader");
      assertEquals(401, demo.send(null, "GET", "/api/v2/auth/identity", null).statusCode());
      assertTrue(
          demo.send(token(made, "admin"), "GET", "/api/v2/auth/identity", null)
              .body()
              .contains("\"user_id\":\"admin\""));
      HttpResponse<String> created =
          demo.send(writer, "POST", COLLECTIONS, "{\"name\":\"notes\",\"get_or_create\":true}");
      assertEquals(200, created.statusCode(), created.body());
      assertEquals(403, demo.send(reader, "DELETE", COLLECTIONS + "/notes", null).statusCode());
      assertEquals(200, demo.send(reader, "GET", COLLECTIONS + "/notes", null).statusCode());
      assertEquals(
          403, demo.send(writer, "GET", "/api/v2/tenants/another_tenant", null).statusCode());
    }
  }

  @Test
  void itKeepsItsUsersAndTokensToItselfAndForTheNextTime() throws Exception {
    DemoFolder first = DemoFolder.open(folder.resolve("new"));
    DemoFolder again = DemoFolder.open(folder.resolve("new"));
    assertEquals(first, again);
    assertNotEquals(first.tokens(), DemoFolder.open(folder.resolve("other")).tokens());
    String users = Files.readString(first.users());
    for (String token : first.tokens().values()) {
      assertFalse(users.contains(token), "stored hashed");
    }
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(first.folder().resolve("tokens.txt"))));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first.folder())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"users.yaml", "roles.yaml", "users.yaml and roles.yaml"})
  void usersWithoutTokensAreKept(String kept) throws Exception {
    DemoFolder made = DemoFolder.open(folder);
    Files.writeString(made.users(), "# mine");
    Files.writeString(made.roles(), "# mine");
    for (String name : List.of("tokens.txt", "users.yaml", "roles.yaml")) {
      if (!kept.contains(name)) {
        Files.delete(folder.resolve(name));
      }
    }
    Command.Outcome outcome = Command.run(Map.of(), "", "demo", "--path", folder.toString());
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals(
        "chroma-auth: --path DIR: found KEPT without tokens.txt, expected all of the demo's files or"
            + " none; fix: restore tokens.txt, or delete KEPT too, or give another --path",
        outcome.err().strip().replace(folder.toString(), "DIR").replace(kept, "KEPT"));
    for (Path file : List.of(made.users(), made.roles())) {
      if (kept.contains(file.getFileName().toString())) {
        assertEquals("# mine", Files.readString(file));
        Files.delete(file);
      }
    }
    assertNotEquals(made.tokens(), DemoFolder.open(folder).tokens());
  }

  @Test
  void aFirstRunThatWasBrokenOffBeginsAnew() throws Exception {
    Files.writeString(folder.resolve("users.yaml.part"), "users:");
    Files.writeString(folder.resolve("tokens.txt.part"), "admin 1");
    DemoFolder made = DemoFolder.open(folder);
    assertTrue(Files.readString(made.users()).contains("reader"));
    try (var files = Files.list(folder)) {
      assertEquals(3, files.count(), "no parts are left");
    }
  }

  @Test
  void aFirstRunThatWasBrokenOffBehindTheTokensIsFinished() throws Exception {
    DemoFolder made = DemoFolder.open(folder);
    String users = Files.readString(made.users());
    Files.move(made.users(), folder.resolve("users.yaml.part"));
    Files.move(made.roles(), folder.resolve("roles.yaml.part"));
    assertEquals(made, DemoFolder.open(folder));
    assertEquals(users, Files.readString(made.users()));
    assertTrue(Files.exists(made.roles()));
  }

  @Test
  void aTokenThatIsMissingIsNamed() throws Exception {
    DemoFolder.open(folder);
    Path tokens = folder.resolve("tokens.txt");
    Files.writeString(tokens, "admin 1\nwriter 2\n");
    Command.Outcome outcome = Command.run(Map.of(), "", "demo", "--path", folder.toString());
    assertEquals(2, outcome.code(), outcome.err());
    String line = "chroma-auth: " + tokens + ": found no token of reader, expected ";
    assertTrue(outcome.err().startsWith(line), outcome.err());
  }

  @Test
  void aFaultOfAnOptionNamesTheOption() {
    Command.Outcome outcome =
        Command.run(Map.of(), "", "demo", "--port", "abc", "--path", folder.toString());
    assertEquals(2, outcome.code());
    assertTrue(
        outcome.err().startsWith("chroma-auth: --port (CHROMA_SERVER_HTTP_PORT): found 'abc'"),
        outcome.err());
  }

  @Test
  void usersAreReadAgainWhileItRuns() throws Exception {
    try (Running demo = Running.start(folder)) {
      DemoFolder made = DemoFolder.open(folder);
      String user = "  - id: added\n    tokens: [\"a-token-of-my-own\"]\n";
      Files.writeString(made.users(), user, StandardOpenOption.APPEND);
      int status;
      do {
        TimeUnit.MILLISECONDS.sleep(100);
        status = demo.send("a-token-of-my-own", "GET", "/api/v2/auth/identity", null).statusCode();
      } while (status == 401 || status == 429); // until the test's time is over
      assertEquals(200, status);
    }
  }

  @Test
  void theExportsThatItPrintsSuitTheOtherCommands() throws Exception {
    Path blank = folder.resolve("a folder");
    String printed;
    try (Running demo = Running.start(blank)) {
      printed = demo.printed();
    }
    Map<String, String> exported = new LinkedHashMap<>();
    Matcher export = Pattern.compile("(?m)^export (\\w+)='?([^'\n\r]+)'?$").matcher(printed);
    while (export.find()) {
      exported.put(export.group(1), export.group(2));
    }
    assertEquals(5, exported.size(), printed);
    Command.Outcome check = Command.run(exported, "", "check");
    assertEquals(0, check.code(), check.err());
    assertTrue(check.out().contains("data in " + blank.resolve("data")), check.out());
    Command.Outcome explain =
        Command.run(exported, "", "explain", "--as", "reader", "system:reset");
    assertTrue(explain.out().startsWith("refused 403"), explain.out() + explain.err());
  }

  @Test
  void whatItPrintsHoldsWhatToPaste() throws Exception {
    try (Running demo = Running.start(folder)) {
      String printed = demo.printed();
      DemoFolder made = DemoFolder.open(folder);
      made.tokens().values().forEach(token -> assertTrue(printed.contains(token), printed));
      assertTrue(printed.contains("import chromadb"), printed);
      assertTrue(printed.contains("data are in\n" + folder), printed);
      assertTrue(printed.contains("(data in " + folder.resolve("data") + ")"), printed);
      assertTrue(printed.contains("(pip install chromadb-client, 0.5 or newer)"), printed);
    }
  }

  @Test
  void aFolderThatAnotherProcessUsesIsOneLine() throws Exception {
    DemoFolder made = DemoFolder.open(folder);
    try (EmbeddedChroma other = EmbeddedChroma.open(made.data(), false)) {
      Command.Outcome outcome =
          Command.run(Map.of(), "", "demo", "--port", "0", "--path", folder.toString());
      assertEquals(1, outcome.code());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertEquals(
          "chroma-auth: store "
              + made.data()
              + " is in use by another process; fix: stop it, or give another --path",
          outcome.err().strip());
      assertTrue(other.resolver().findsWithoutPath());
    }
  }

  @Test
  void runWithoutAnUpstreamServesItsFolder() throws Exception {
    Map<String, String> settings =
        Map.of(
            "CHROMA_SERVER_AUTHN_PROVIDER", "token",
            "CHROMA_SERVER_AUTHN_CREDENTIALS", "a-long-random-token");
    Command.Outcome outcome = Command.run(settings, "", "check", "--path", folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("embedded Chroma API, data in " + folder), outcome.out());
    assertFalse(outcome.out().contains("no upstream and no resolver"), outcome.out());
  }

  private static String token(DemoFolder made, String user) {
    return String.valueOf(made.tokens().get(user));
  }

  /** A demo in a thread of its own. */
  private static final class Running implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter out = new StringWriter();
    private final Thread thread;

    private Running(Path folder) {
      CommandLine program = Main.commandLine(() -> Settings.of("environment", Map.of()));
      program.setOut(new PrintWriter(out, true));
      thread =
          new Thread(() -> program.execute("demo", "--port", "0", "--path", folder.toString()));
      thread.start();
    }

    static Running start(Path folder) throws InterruptedException {
      Running running = new Running(folder);
      while (!running.printed().contains("Stop with Ctrl-C")) {
        assertTrue(running.thread.isAlive(), running::printed);
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return running;
    }

    String printed() {
      return out.toString();
    }

    HttpResponse<String> send(
        @Nullable String token, String method, String path, @Nullable String body)
        throws Exception {
      Matcher url = URL.matcher(printed());
      assertTrue(url.find());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url.group() + path))
              .method(
                  method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
