package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OwnersUnderLoadTest {
  private static final Found OWNER = new Found(AuthzResource.of("acme", "docs", "docs-a"));
  private static final UUID ID = id(0);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void anErrorInTheResolverReleasesWhatItHeld() {
    AtomicInteger calls = new AtomicInteger();
    Owners owners =
        new Owners(
            (id, tenant, database) -> {
              if (calls.incrementAndGet() <= 100) {
                throw new StackOverflowError();
              }
              return OWNER;
            });
    for (int i = 0; i < 100; i++) {
      assertThrows(StackOverflowError.class, () -> find(owners, ID, "alice"));
    }
    assertEquals(OWNER, find(owners, ID, "alice"));
  }

  @Test
  void lookUpsOfOneIdAreShared() throws Exception {
    Gate gate = new Gate();
    Owners owners = new Owners(gate);
    List<Future<Resolution>> all = new ArrayList<>();
    all.add(start(() -> find(owners, ID, "user0")));
    gate.awaitInside(1);
    for (int i = 1; i < 10; i++) {
      String user = "user" + i;
      all.add(start(() -> find(owners, ID, user)));
    }
    awaitWaiting(10);
    gate.open();
    for (Future<Resolution> one : all) {
      assertEquals(OWNER, one.get());
    }
    assertEquals(1, gate.entered.get());
  }

  @Test
  void whoeverWaitsForALookUpOfAnotherRequestTakesNoneOfHisOwn() throws Exception {
    // a client with ten requests in flight on one collection is no flood of look-ups
    Gate gate = new Gate();
    Owners owners = new Owners(gate);
    List<Future<Resolution>> all = new ArrayList<>();
    all.add(start(() -> find(owners, ID, "alice")));
    gate.awaitInside(1);
    for (int i = 0; i < 12; i++) {
      all.add(start(() -> find(owners, ID, "alice")));
    }
    awaitWaiting(13);
    gate.open();
    for (Future<Resolution> one : all) {
      assertEquals(OWNER, one.get());
    }
    assertEquals(1, gate.entered.get());
  }

  @Test
  void anIdUnderAnotherPathIsAnotherQuestion() throws Exception {
    Gate gate = new Gate();
    Owners owners = new Owners(gate);
    Future<Resolution> one = start(() -> owners.find(ID, "acme", "docs", false, "alice"));
    Future<Resolution> two = start(() -> owners.find(ID, "globex", "docs", false, "mallory"));
    gate.awaitInside(2);
    gate.open();
    assertEquals(OWNER, one.get());
    assertEquals(OWNER, two.get());
  }

  @Test
  void atMost32RunAtOnceAndTheNextIsRefusedAtOnce() throws Exception {
    Gate gate = new Gate();
    Owners owners = new Owners(gate);
    List<Future<Resolution>> running = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      int n = i;
      running.add(start(() -> find(owners, id(n), "user" + n)));
    }
    gate.awaitInside(32);
    assertInstanceOf(Unavailable.class, find(owners, id(100), "other"));
    assertEquals(32, gate.entered.get());
    gate.open();
    for (Future<Resolution> one : running) {
      assertEquals(OWNER, one.get());
    }
    assertEquals(OWNER, find(owners, id(100), "other"));
  }

  @Test
  void atMost8AreOneIdentitysAndOthersHaveTheirOwn() throws Exception {
    Gate gate = new Gate();
    Owners owners = new Owners(gate);
    List<Future<Resolution>> running = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int n = i;
      running.add(start(() -> find(owners, id(n), "alice")));
    }
    gate.awaitInside(8);
    for (int i = 0; i < 20; i++) {
      assertInstanceOf(Unavailable.class, find(owners, id(100 + i), "alice"));
    }
    assertEquals(8, gate.entered.get());
    running.add(start(() -> find(owners, id(200), "bob")));
    gate.awaitInside(9);
    gate.open();
    for (Future<Resolution> one : running) {
      assertEquals(OWNER, one.get());
    }
    assertEquals(OWNER, find(owners, id(100), "alice"));
  }

  @Test
  void whatIsKnownIsToldEvenWhenEveryLookUpIsTaken() throws Exception {
    Gate gate = new Gate();
    Owners owners = new Owners(gate);
    gate.open();
    assertEquals(OWNER, find(owners, ID, "alice"));
    gate.shut();
    for (int i = 1; i <= 8; i++) {
      int n = i;
      var running = start(() -> find(owners, id(n), "alice"));
      assertFalse(running.isDone());
    }
    gate.awaitInside(8);
    assertEquals(OWNER, find(owners, ID, "alice"));
    gate.open();
  }

  private static Resolution find(Owners owners, UUID id, String user) {
    return owners.find(id, "acme", "docs", false, user);
  }

  private final List<Thread> started = new ArrayList<>();

  private Future<Resolution> start(Callable<Resolution> look) {
    CountDownLatch running = new CountDownLatch(1);
    Future<Resolution> future =
        threads.submit(
            () -> {
              synchronized (started) {
                started.add(Thread.currentThread());
              }
              running.countDown();
              return look.call();
            });
    try {
      running.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return future;
  }

  /** Until so many of the started threads wait for something, or have gone on to their end. */
  private void awaitWaiting(int count) throws InterruptedException {
    long waiting = 0;
    while (waiting < count) {
      TimeUnit.MILLISECONDS.sleep(5);
      synchronized (started) {
        waiting =
            started.stream()
                .filter(t -> t.getState() != Thread.State.RUNNABLE)
                .filter(t -> t.getState() != Thread.State.BLOCKED)
                .count();
      }
    }
  }

  private static UUID id(int n) {
    return new UUID(0x4000, n);
  }

  /** Finds everything, once it is open. */
  private static final class Gate implements CollectionResolver {
    private final AtomicInteger entered = new AtomicInteger();
    private final Semaphore inside = new Semaphore(0);
    private volatile CountDownLatch latch = new CountDownLatch(1);

    @Override
    public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
      entered.incrementAndGet();
      inside.release();
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return OWNER;
    }

    void open() {
      latch.countDown();
    }

    void shut() {
      latch = new CountDownLatch(1);
      inside.drainPermits();
    }

    /** Until so many look-ups in all, since it was shut, have come in. */
    void awaitInside(int count) throws InterruptedException {
      inside.acquire(count);
      inside.release(count);
    }
  }
}
