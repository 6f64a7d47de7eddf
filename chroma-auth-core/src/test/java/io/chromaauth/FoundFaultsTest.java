package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.chromaauth.settings.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failed when it was found: mended in the change that this test came with. */
class FoundFaultsTest {
  @TempDir Path directory;

  /** The token file of the same id says nothing of another provider's bounds. */
  @Test
  void withoutRulesAnotherProvidersBoundsAreNotPlacedInOurFile() {
    Path users =
        Start.write(
            directory, "users.yaml", "users:\n- {id: alice, tokens: [s3cret], tenant: t1}\n");
    UserIdentity foreign = UserIdentity.of("alice", "jwt").withBounds(new Bounds("t9", null, null));
    try (var auth = ChromaAuth.builder().authentication(TokenAuthentication.users(users)).build()) {
      Decision decision = auth.snapshot().authorize(foreign, AuthzAction.RESET, AuthzResource.NONE);
      assertEquals("bounds of alice", decision.rule());
    }
  }

  /** Any identity may send such an action to can-i: comparing it with all others took minutes. */
  @Test
  void aVeryLongWordIsNearNothingAtOnce() {
    List<String> names = AuthzAction.known().stream().map(AuthzAction::wireName).toList();
    String word = "a:" + "b".repeat(20_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertEquals(Optional.empty(), Nearest.to(word, names)));
  }
}
