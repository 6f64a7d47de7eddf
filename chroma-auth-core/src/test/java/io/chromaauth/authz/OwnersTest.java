package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.CollectionResolver.Element;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.Listing;
import io.chromaauth.CollectionResolver.NotFound;
import io.chromaauth.CollectionResolver.Page;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import io.chromaauth.CollectionResolver.Unsupported;
import io.chromaauth.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OwnersTest {
  private static final UUID ID = new UUID(1, 1);
  private static final CollectionResolver.Client CLIENT =
      new CollectionResolver.Client(true, "python-httpx/0.27");
  private static final Resolution FOUND = new Found(AuthzResource.of("t", "d", "c"));

  private static final Resolution RENAMED = new Found(AuthzResource.of("t", "d", "renamed"));

  private final List<UUID> asked = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theBindingIsAskedForOnce() {
    Owners owners = new Owners(answering(FOUND));
    for (String user : List.of("a", "a", "b")) {
      assertEquals(FOUND, owners.find(ID, "t", "d", false, user));
    }
    assertEquals(List.of(ID), asked);
    owners.find(new UUID(1, 2), "t", "d", false, "a");
    assertEquals(2, asked.size());
  }

  /** Else the time of an answer would tell a stranger which UUIDs there are. */
  @Test
  void aForeignOneIsAskedForEachTime() {
    Owners owners = new Owners(answering(FOUND));
    assertEquals(FOUND, owners.find(ID, "t", "d", false, "a"));
    for (int i = 2; i < 5; i++) {
      assertEquals(FOUND, owners.find(ID, "other", "d", false, "b"));
      assertEquals(FOUND, owners.find(ID, "t", "other", false, "b"));
      assertEquals(2 * i - 1, asked.size());
    }
  }

  @Test
  void theNameIsKeptForTwoSecondsFromTheBeginningOfTheLookUp() {
    AtomicLong now = new AtomicLong();
    List<Resolution> names = new ArrayList<>(List.of(FOUND, RENAMED));
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              now.addAndGet(1_500_000_000L); // a slow one
              return names.remove(0);
            },
            now::get);
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"));
    now.set(2_000_000_000L);
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "b"));
    now.set(2_000_000_001L);
    assertEquals(FOUND, owners.find(ID, "t", "d", false, "b"), "the binding is kept");
    assertEquals(RENAMED, owners.find(ID, "t", "d", true, "a"));
  }

  @Test
  void noNameIsKeptAcrossAChange() {
    List<Resolution> names = new ArrayList<>(List.of(FOUND, RENAMED, FOUND, RENAMED));
    Owners owners = new Owners((id, tenant, database) -> names.remove(0), () -> 0);
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"));
    Owners.Change done = owners.renaming(ID);
    assertEquals(RENAMED, owners.find(ID, "t", "d", true, "a"), "while it changes");
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"), "while it changes");
    done.over(true);
    assertEquals(RENAMED, owners.find(ID, "t", "d", true, "a"), "after it");
    assertEquals(RENAMED, owners.find(ID, "t", "d", true, "a"), "kept again");
  }

  @Test
  void whoeverAskedBeforeAChangeEndedIsJudgedByTheNameAfterIt() {
    Owners[] self = new Owners[1];
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              asked.add(id);
              if (asked.size() > 1) {
                return RENAMED;
              }
              self[0].renaming(ID).over(true); // begins and ends while this one is under way
              return FOUND;
            });
    self[0] = owners;
    assertEquals(RENAMED, owners.find(ID, "t", "d", true, "a"));
  }

  @Test
  void noNameIsKeptAcrossADeletionInItsTenantOrAReset() {
    for (@Nullable String tenant : Arrays.asList("t", null)) {
      List<Resolution> names = new ArrayList<>(List.of(FOUND, RENAMED));
      Owners owners = new Owners((id, t, database) -> names.remove(0), () -> 0);
      assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"));
      owners.deleting(tenant).over(true);
      assertEquals(RENAMED, owners.find(ID, "t", "d", true, "a"));
    }
  }

  /** Else one tenant's user could make another's wait. */
  @Test
  void whatIsDoneElsewhereOrChangesNothingMakesNoNameOld() {
    Owners owners = new Owners(answering(FOUND), () -> 0);
    owners.find(ID, "t", "d", true, "a");
    Owners.Change elsewhere = owners.deleting("a tenant of another stripe");
    Owners.Change other = owners.renaming(new UUID(7, 9));
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"));
    elsewhere.over(true);
    other.over(true);
    owners.renaming(ID).over(false);
    owners.deleting("t").over(false);
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"));
    assertEquals(List.of(ID), asked);
  }

  @Test
  void aNameThatTakesTooLongToReadIsNotBelieved() {
    AtomicLong now = new AtomicLong();
    List<Long> seconds = new ArrayList<>(List.of(3L, 1L, 3L, 3L));
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              now.addAndGet(seconds.remove(0) * 1_000_000_000L);
              return FOUND;
            },
            now::get);
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"), "the second was quick");
    now.addAndGet(10_000_000_000L);
    assertInstanceOf(Unavailable.class, owners.find(ID, "t", "d", true, "a"));
    assertEquals(List.of(), seconds);
  }

  @Test
  void namesThatNeverRestAreUnavailable() {
    Owners[] self = new Owners[1];
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              asked.add(id);
              self[0].renaming(ID).over(true);
              return FOUND;
            });
    self[0] = owners;
    assertInstanceOf(Unavailable.class, owners.find(ID, "t", "d", true, "a"));
    assertEquals(5, asked.size());
  }

  @Test
  void nobodySharesALookUpThatBeganBeforeAChangeOfNames() throws InterruptedException {
    List<Resolution> answers =
        Collections.synchronizedList(new ArrayList<>(List.of(FOUND, RENAMED, RENAMED)));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              Resolution answer = answers.remove(0);
              if (answer == FOUND) {
                begun.countDown();
                awaitQuietly(end);
              }
              return answer;
            });
    List<Resolution> early = Collections.synchronizedList(new ArrayList<>());
    Thread thread = new Thread(() -> early.add(owners.find(ID, "t", "d", true, "a")));
    thread.start();
    begun.await();
    owners.renaming(ID).over(true);
    assertEquals(RENAMED, owners.find(ID, "t", "d", true, "a"));
    end.countDown();
    thread.join();
    assertEquals(List.of(RENAMED), early, "nor is who began it judged by it");
  }

  @Test
  void nobodySharesALookUpWhileNamesChange() {
    List<Resolution> inner = new ArrayList<>();
    Owners[] self = new Owners[1];
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              asked.add(id);
              if (asked.size() == 1) { // would wait for itself for ever if it were shared
                inner.add(self[0].find(ID, "t", "d", true, "a"));
              }
              return FOUND;
            });
    self[0] = owners;
    Owners.Change done = owners.renaming(ID);
    assertEquals(FOUND, owners.find(ID, "t", "d", true, "a"));
    assertEquals(List.of(FOUND), inner);
    done.over(true);
    done.over(true); // once counts
  }

  @Test
  void aMissIsNeverKept() {
    for (Resolution miss : List.of(new NotFound(), new Unavailable("down"))) {
      List<Resolution> answers = new ArrayList<>(List.of(miss, FOUND));
      Owners owners = new Owners((id, tenant, database) -> answers.remove(0));
      assertEquals(miss, owners.find(ID, "t", "d", false, "a"));
      assertEquals(FOUND, owners.find(ID, "t", "d", false, "a"));
    }
  }

  @Test
  void thePathIsHandedOn() {
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              assertEquals(ID, id);
              return new Unavailable(tenant + "/" + database);
            });
    assertEquals(new Unavailable("t/d"), owners.find(ID, "t", "d", false, "a"));
    assertEquals(new Unavailable("null/null"), owners.find(ID, null, null, true, "a"));
  }

  @Test
  void aResolverThatThrowsIsUnavailableAndItsMessageIsNotTold() {
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              throw new IllegalStateException("s3cret");
            });
    for (int i = 0; i < 40; i++) { // more than there are turns
      Resolution answer = owners.find(ID, "t", "d", false, "a");
      String reason = assertInstanceOf(Unavailable.class, answer).reason();
      assertTrue(reason.endsWith(" failed: java.lang.IllegalStateException"), reason);
      Samples.assertNoSecret(reason);
    }
  }

  @SuppressWarnings("NullAway") // what a careless host may do
  @Test
  void aResolverThatReturnsNullIsUnavailable() {
    Owners owners = new Owners((id, tenant, database) -> null);
    assertInstanceOf(Unavailable.class, owners.find(ID, "t", "d", false, "a"));
    Listed resolver = new Listed();
    resolver.answer = () -> null;
    assertInstanceOf(Unavailable.class, list(new Owners(resolver), "d", 10, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9})
  void oneUserHasEightLookUpsAtOnce(int depth) {
    Nested nested = new Nested(depth, false);
    Resolution answer = nested.find(1);
    assertEquals(depth <= 8, answer instanceof Found);
    assertEquals(depth <= 8, nested.find(1) instanceof Found); // all turns were given back
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 33})
  void allUsersTogetherHaveThirtyTwo(int depth) {
    Nested nested = new Nested(depth, true);
    assertEquals(depth <= 32, nested.find(1) instanceof Found);
    assertEquals(depth <= 32, nested.find(1) instanceof Found);
  }

  /** They are one look-up, so that the limit for one user does not meet them. */
  @Test
  void whoeverAsksTheSameSharesTheLookUp() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              asked.add(id);
              awaitQuietly(end);
              return FOUND;
            });
    List<Resolution> answers = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Thread thread = new Thread(() -> answers.add(owners.find(ID, "t", "d", true, "a")));
      thread.start();
      threads.add(thread);
      awaitStandstill(thread);
    }
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(Collections.nCopies(20, FOUND), answers);
    assertEquals(List.of(ID), asked);
  }

  private static Listing list(Owners owners, @Nullable String database, int limit, int offset) {
    return owners.list(AuthzResource.of("t", database, null), limit, offset, CLIENT, "a");
  }

  @Test
  void listsAreThoseForTheClient() {
    Owners owners =
        new Owners(
            new CollectionResolver() {
              @Override
              public Resolution resolve(
                  UUID id, @Nullable String tenant, @Nullable String database) {
                return FOUND;
              }

              @Override
              public CollectionResolver forClient(Client client) {
                Listed listed = new Listed();
                listed.answer = () -> new Page(List.of(new Element(client.toString(), "{}")));
                return listed;
              }
            });
    assertEquals(new Page(List.of(new Element(CLIENT.toString(), "{}"))), list(owners, "d", 1, 0));
  }

  @Test
  void listsAreAskedForEachTime() {
    Listed resolver = new Listed();
    Owners owners = new Owners(resolver);
    assertEquals(new Page(List.of(new Element("t/d/10/20", "{}"))), list(owners, "d", 10, 20));
    assertEquals(new Page(List.of(new Element("t/null/1/0", "{}"))), list(owners, null, 1, 0));
    assertEquals(new Unsupported(), list(new Owners(answering(FOUND)), "d", 10, 0));
  }

  @Test
  void aListThatThrowsIsUnavailableAndItsMessageIsNotTold() {
    Listed resolver = new Listed();
    resolver.answer =
        () -> {
          throw new IllegalStateException("s3cret");
        };
    Owners owners = new Owners(resolver);
    for (int i = 0; i < 40; i++) {
      Listing answer = list(owners, "d", 10, 0);
      Samples.assertNoSecret(assertInstanceOf(Unavailable.class, answer).reason());
    }
  }

  @Test
  void theResolverIsAskedWhatItCanAndClosed() {
    List<String> closed = new ArrayList<>();
    CollectionResolver resolver =
        new CollectionResolver() {
          @Override
          public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
            return FOUND;
          }

          @Override
          public boolean findsWithoutPath() {
            return true;
          }

          @Override
          public void close() {
            closed.add("closed");
          }
        };
    try (Owners owners = new Owners(resolver)) {
      assertTrue(owners.findWithoutPath());
    }
    assertEquals(List.of("closed"), closed);
    assertEquals(false, new Owners(answering(FOUND)).findWithoutPath());
  }

  private CollectionResolver answering(Resolution answer) {
    return (id, tenant, database) -> {
      asked.add(id);
      return answer;
    };
  }

  private static void awaitStandstill(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Listed implements CollectionResolver {
    private @Nullable Supplier<Listing> answer;

    @Override
    public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
      return FOUND;
    }

    @Override
    public Listing list(String tenant, @Nullable String database, int limit, int offset) {
      String name = tenant + "/" + database + "/" + limit + "/" + offset;
      return answer == null ? new Page(List.of(new Element(name, "{}"))) : answer.get();
    }
  }

  /** Look-ups within each other, each of another UUID, of one user or of as many users. */
  private static final class Nested {
    private final int depth;
    private final boolean users;
    private final Owners owners = new Owners((id, tenant, database) -> further(id));

    Nested(int depth, boolean users) {
      this.depth = depth;
      this.users = users;
    }

    Resolution find(long number) {
      return owners.find(new UUID(0, number), "t", "d", true, users ? "u" + number : "u");
    }

    private Resolution further(UUID id) {
      long number = id.getLeastSignificantBits();
      return number == depth ? FOUND : find(number + 1);
    }
  }
}
