package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.Secret;
import io.chromaauth.authn.HtpasswdLine;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An exception with its stack trace costs more than all else: whoever floods us gets none. */
class RefusalsThrowNothingTest {
  private static final String TENANT = "/api/v2/tenants/acme";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalMakesNoException(String what, int status, Call call)
      throws IOException, ServletException {
    ChromaAuthFilter filter = Team.filter("CHROMA_AUTH_THROTTLE", "off");
    assertEquals(status, call.through(filter).status()); // classes are loaded, lambdas linked
    List<String> thrown = thrown(() -> assertEquals(status, call.through(filter).status()));
    assertEquals(List.of(), thrown, what);
    filter.destroy();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("no credentials", 401, Call.get(TENANT)),
        arguments("an unknown token", 401, bearer("wrong")),
        arguments("a mistyped token", 401, bearer("chra_" + "x".repeat(49))),
        arguments("an empty token", 401, bearer("")),
        arguments("another scheme", 401, Call.get(TENANT).header("Authorization", "Digest x")),
        arguments("two tokens", 400, bearer("a").header("X-Chroma-Token", "b")),
        arguments("an ambiguous path", 400, Call.get(TENANT + "/../x")),
        arguments("badly encoded", 400, Call.get(TENANT + "/%ff")),
        arguments("no UUID", 400, Call.get(Team.V2 + "/x/count").as("root")),
        arguments("an ambiguous query", 400, Call.get(TENANT + "?tenant=b").as("root")),
        arguments("no role", 403, Call.post("/api/v2/reset").as("rita")),
        arguments("another tenant", 403, Call.get("/api/v2/tenants/globex").as("alice")),
        arguments("another's collection", 404, foreign()),
        arguments("no route", 404, Call.get("/nothing").as("root")),
        arguments("no such method", 405, Call.of("PUT", "/api/v2/reset").as("root")));
  }

  private static Call bearer(String token) {
    return Call.get(TENANT).header("Authorization", "Bearer " + token);
  }

  private static Call foreign() {
    return Call.get(Team.V2 + "/" + Team.FOREIGN + "/count").as("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "not base64, '!!!'",
    "without padding, YWRtaW46YWRtaW4",
    "no UTF-8, anX8cmdlbjpwYXNz",
    "no colon, YWRtaW5hZG1pbg==",
    "a wrong password, YWRtaW46d3Jvbmc=",
    "an unknown user, Ym9iOndyb25n"
  })
  void aRefusedPasswordMakesNone(String what, String credentials)
      throws IOException, ServletException {
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(
                Team.only(
                    "CHROMA_SERVER_AUTHN_PROVIDER",
                    "basic",
                    "CHROMA_SERVER_AUTHN_CREDENTIALS",
                    HtpasswdLine.of("admin", Secret.of("right"), 4),
                    "CHROMA_AUTH_THROTTLE",
                    "off"))
            .build();
    Call call = Call.get(TENANT).header("Authorization", "Basic " + credentials);
    assertEquals(401, call.through(filter).status());
    assertEquals(List.of(), thrown(() -> assertEquals(401, call.through(filter).status())), what);
    filter.destroy();
  }

  @Test
  void anExceptionWouldBeSeen() {
    List<String> thrown =
        thrown(() -> assertThrows(NumberFormatException.class, () -> Integer.parseInt("x")));
    assertEquals(1, thrown.size());
  }

  /** What a thread threw meanwhile, caught or not. */
  private List<String> thrown(Attempt attempt) {
    Path file = folder.resolve("thrown.jfr");
    long thread = Thread.currentThread().getId();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.JavaExceptionThrow").withStackTrace();
      recording.enable("jdk.JavaErrorThrow").withStackTrace();
      recording.start();
      attempt.run();
      recording.stop();
      recording.dump(file);
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      Files.delete(file);
      return events.stream()
          .filter(event -> event.getThread().getJavaThreadId() == thread)
          .map(RecordedEvent::toString)
          .toList();
    } catch (IOException | ServletException e) {
      throw new AssertionError(e);
    }
  }

  /** A call of the filter. */
  private interface Attempt {
    void run() throws IOException, ServletException;
  }
}
