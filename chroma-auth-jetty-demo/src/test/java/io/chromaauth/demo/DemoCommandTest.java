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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void whatItPrintsHoldsWhatToPaste() throws Exception {
    try (Running demo = Running.start(folder)) {
      String printed = demo.printed();
      DemoFolder made = DemoFolder.open(folder);
      made.tokens().values().forEach(token -> assertTrue(printed.contains(token), printed));
      assertTrue(printed.contains("import chromadb"), printed);
      assertTrue(printed.contains(folder.toString()), printed);
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
      assertTrue(outcome.err().contains(made.data().toString()), outcome.err());
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
