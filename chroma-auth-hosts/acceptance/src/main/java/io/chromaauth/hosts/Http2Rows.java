package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same over HTTP/2, and on threads that nothing ran on before. */
public abstract class Http2Rows extends HostRows {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  private HttpRequest.Builder to(String path) {
    int port = running(Samples.in(Form.INSTANCE)).port();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  /** The first request upgrades the connection; this is a later one. */
  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    CLIENT.send(to("/api/v2/heartbeat").build(), BodyHandlers.discarding());
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    return response;
  }

  @Test
  void whoIsAllowedPassesAndWhoIsNotDoesNot() throws IOException, InterruptedException {
    HttpResponse<String> allowed =
        send(to(Team.MINE).header("X-Chroma-Token", "alice-token").build());
    assertEquals(200, allowed.statusCode());
    assertTrue(allowed.body().contains("remote-user=alice"), allowed::body);
    HttpResponse<String> unknown = send(to(Team.MINE).build());
    assertEquals(401, unknown.statusCode());
    assertFalse(unknown.body().contains("REACHED"));
    assertEquals(
        403, send(to(Team.FOREIGN).header("X-Chroma-Token", "alice-token").build()).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "reader", "listener"})
  void aBodyThatWasLookedAtIsReadAgain(String way) throws IOException, InterruptedException {
    String json = "{\"name\":\"docs-x\",\"metadata\":{\"a\":\"" + "x".repeat(100_000) + "\"}}";
    HttpRequest create =
        to(Team.MINE)
            .header("X-Chroma-Token", "alice-token")
            .header("X-Do", way)
            .POST(BodyPublishers.ofString(json))
            .build();
    assertTrue(send(create).body().endsWith("\nbody=" + json));
  }

  @Test
  void aRefusalDoesNotEndTheConnectionForOthers() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      byte[] body = new byte[20_000]; // within the window: more of it and Java's client waits
      HttpRequest create = to(Team.MINE).POST(BodyPublishers.ofByteArray(body)).build();
      assertEquals(401, send(create).statusCode());
    }
    assertEquals(
        200, send(to(Team.MINE).header("X-Chroma-Token", "alice-token").build()).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "thread", "back", "listener"})
  void nothingIsBoundToAThread(String way) throws IOException {
    Setup setup = Samples.in(Form.INSTANCE).onFreshThreads();
    for (int i = 0; i < 5; i++) {
      String json = "{\"name\":\"docs-" + i + "\"}";
      Reply reply = ask(setup, Ask.post(Team.MINE, json).as("alice").ordering(way));
      assertEquals(200, reply.status(), reply::toString);
      assertEquals("alice", reply.says("remote-user"), reply::toString);
      assertEquals(401, ask(setup, Ask.post(Team.MINE, json).ordering(way)).status());
    }
  }
}
