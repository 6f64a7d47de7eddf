package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Providers as a host makes them, without settings. */
class ProvidersOfFilesTest {
  @TempDir Path directory;

  @Test
  void filesMakeProvidersAndRules() {
    Path htpasswd = write("server.htpasswd", "alice:" + Samples.ADMIN_HASH);
    Path users = write("users.yaml", "users:\n- {id: alice, tokens: [s3cret]}\n");
    Path rules = write("authz.yaml", "roles_mapping: {}\nusers:\n- {id: alice, role: reader}\n");
    try (var auth =
        ChromaAuth.builder()
            .authentication(TokenAuthentication.users(users))
            .authentication(BasicAuthentication.htpasswd(htpasswd))
            .authentication(TokenAuthentication.single(Secret.of("s3cret-2")))
            .authorization(RbacAuthorization.of(rules))
            .build()) {
      assertEquals(Set.of("reader"), login(auth, Samples.bearer("s3cret")).roles());
      assertEquals(Set.of("reader"), login(auth, Samples.basic("alice", "admin")).roles());
      assertEquals(
          "unknown token",
          assertInstanceOf(
                  AuthnResult.Refused.class,
                  auth.snapshot().authenticate(Samples.bearer("s3cret-2")))
              .reason());
    }
  }

  @Test
  void aSingleTokenNeedsNoFile() {
    var provider = TokenAuthentication.single(Secret.of("s3cret"));
    assertInstanceOf(
        AuthnResult.Authenticated.class, provider.authenticate(Samples.bearer("s3cret")));
  }

  @Test
  void faultsAreToldAsAtAnyStart() {
    assertEquals(
        "token: found a token with a space or a character beyond ASCII, expected a token of"
            + " printable ASCII characters without spaces; fix: openssl rand -hex 32",
        message(() -> TokenAuthentication.single(Secret.of("s3cret x"))));
    assertEquals(
        "server.htpasswd:1: found a line without a colon, expected user:bcrypt-hash",
        message(() -> BasicAuthentication.htpasswd(write("server.htpasswd", "s3cret"))));
    assertEquals(
        "users.yaml:1 (top level): found a text, expected a mapping",
        message(() -> TokenAuthentication.users(write("users.yaml", "s3cret\ns3cret\n"))));
    assertEquals(
        "authz.yaml:1 (users): found nothing, expected users with id and role, or []",
        message(() -> RbacAuthorization.of(write("authz.yaml", "roles_mapping: {}"))));
  }

  @Test
  void aMissingFileIsToldAsWhatItIsFor() {
    Path nope = directory.resolve("nope");
    String missing =
        ": found 'nope', which does not exist, expected a file; fix: create it, or correct the"
            + " path";
    assertEquals("htpasswd" + missing, message(() -> BasicAuthentication.htpasswd(nope)));
    assertEquals("token users" + missing, message(() -> TokenAuthentication.users(nope)));
    assertEquals("authorization" + missing, message(() -> RbacAuthorization.of(nope)));
  }

  private Path write(String name, String text) {
    return Start.write(directory, name, text);
  }

  private String message(Executable start) {
    ConfigException e = assertThrows(ConfigException.class, start);
    Samples.assertNoSecret(e.toString());
    return e.faults().get(0).toString().replace(directory + "/", "");
  }

  private static UserIdentity login(ChromaAuth auth, RequestHeaders headers) {
    return assertInstanceOf(AuthnResult.Authenticated.class, auth.snapshot().authenticate(headers))
        .identity();
  }
}
