package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Secret;
import io.chromaauth.client.OAuthCredentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Spring Authorization Server, whose keys the test changes. (It comes from Maven Central as
 * everything else does, gives tokens for client credentials and takes its keys from this test's own
 * program; Dex rolls them over by its own clock.)
 */
final class RealIdentityProvider implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private final URI url;

  private RealIdentityProvider(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.startsWith("listening ")) {
      line = output.readLine();
    }
    assertTrue(line != null, "the identity provider ended");
    this.url = URI.create("http://127.0.0.1:" + String.valueOf(line).substring(10));
  }

  static RealIdentityProvider start(Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProgram.command(
                "spring-authorization-server", "SPRING_AUTHORIZATION_SERVER", "IdentityProvider"));
    builder.directory(folder.toFile());
    builder.redirectError(folder.resolve("identity-provider.log").toFile());
    return new RealIdentityProvider(builder.start());
  }

  /** Its own name in its tokens. */
  String issuer() {
    return url.toString();
  }

  URI keys() {
    return url.resolve("/oauth2/jwks");
  }

  /** Does {@code publish}, {@code use} or {@code withdraw} with a key. */
  void tell(String what, String key) throws IOException {
    input.write(what + " " + key + "\n");
    input.flush();
    assertEquals("ok", output.readLine());
  }

  /** The credentials of one of its clients, {@code ROLE-TENANT}. */
  OAuthCredentials client(String id) {
    URI endpoint = url.resolve("/oauth2/token");
    return OAuthCredentials.at(endpoint, id, Secret.of("secret of " + id)).build();
  }

  /** A new token of a client, with the words that go before it in the header. */
  String bearer(String id) {
    try (OAuthCredentials credentials = client(id)) {
      return credentials.headers().getOrDefault("Authorization", "");
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
