package io.chromaauth.authz;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chromaauth.CollectionResolver;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.Listing;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which tenant and database a collection's UUID belongs to, and bounds how many look-ups
 * run at once. The binding never changes (UUIDs are the server's own and not used again), so it is
 * kept long; the name may, so it is asked for anew; a miss is never kept. Thread-safe.
 */
public final class Owners implements AutoCloseable {
  private static final int BINDINGS_KEPT = 100_000;
  private static final int AT_ONCE = 32;
  private static final int AT_ONCE_FOR_ONE_USER = 8;
  private static final Unavailable BUSY =
      new Unavailable("too many look-ups of collections at once");

  private final CollectionResolver resolver;
  private final Cache<UUID, Found> bindings =
      Caffeine.newBuilder().maximumSize(BINDINGS_KEPT).executor(Runnable::run).build();
  private final ConcurrentMap<Question, CompletableFuture<Resolution>> inFlight =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> byUser = new ConcurrentHashMap<>();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final AtomicLong generation = new AtomicLong();
  private final AtomicInteger changes = new AtomicInteger();

  /** Asks this resolver. */
  public Owners(CollectionResolver resolver) {
    this.resolver = resolver;
  }

  /** Whether an owner can be found for a path that names neither tenant nor database. */
  public boolean findWithoutPath() {
    return resolver.findsWithoutPath();
  }

  /**
   * The owner of a UUID.
   *
   * @param tenant the tenant of the request's path, or null
   * @param database the database of the request's path, or null
   * @param nameNeeded whether the owner's present name matters; else it may be an old one
   * @param userId who asks
   */
  public Resolution find(
      UUID id,
      @Nullable String tenant,
      @Nullable String database,
      boolean nameNeeded,
      String userId) {
    Found known = nameNeeded ? null : bindings.getIfPresent(id);
    return known == null ? shared(new Question(id, tenant, database, generation()), userId) : known;
  }

  /**
   * A name is about to change, by a rename or a deletion: until the returned task is run nobody
   * shares a look-up, and afterwards nobody one that began before.
   */
  public Runnable changing() {
    changes.incrementAndGet();
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        generation.incrementAndGet();
        changes.decrementAndGet();
      }
    };
  }

  private long generation() {
    return changes.get() == 0 ? generation.get() : generation.incrementAndGet();
  }

  @Override
  public void close() {
    resolver.close();
  }

  /** A page of a list; see {@link CollectionResolver#list}. Counts as a look-up. */
  public Listing list(
      String tenant, @Nullable String database, int limit, int offset, String userId) {
    return asOneOfFew(
        userId,
        busy -> busy,
        () -> freely(failed -> failed, () -> resolver.list(tenant, database, limit, offset)));
  }

  private <T> T asOneOfFew(String userId, Function<Unavailable, T> busy, Supplier<T> lookUp) {
    try {
      boolean few = byUser.merge(userId, 1, Integer::sum) <= AT_ONCE_FOR_ONE_USER;
      return few ? lookUp.get() : busy.apply(BUSY);
    } finally {
      byUser.computeIfPresent(userId, (user, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Whatever a resolver throws is an answer that it can't be said now. */
  private <T> T freely(Function<Unavailable, T> failed, Supplier<T> lookUp) {
    if (!free.tryAcquire()) {
      return failed.apply(BUSY);
    }
    try {
      @Nullable T answer = lookUp.get();
      return answer == null
          ? failed.apply(new Unavailable(resolver.getClass().getName() + " returned null"))
          : answer;
    } catch (RuntimeException e) {
      String what = resolver.getClass().getName() + " failed: " + e.getClass().getName();
      return failed.apply(new Unavailable(what));
    } finally {
      free.release();
    }
  }

  /** Whoever asks the same while it is being looked up gets the same answer. */
  private Resolution shared(Question question, String userId) {
    CompletableFuture<Resolution> mine = new CompletableFuture<>();
    CompletableFuture<Resolution> running = inFlight.putIfAbsent(question, mine);
    if (running != null) {
      return running.join();
    }
    Resolution answer = BUSY;
    try {
      answer = asOneOfFew(userId, busy -> busy, () -> bounded(question));
      return answer;
    } finally {
      inFlight.remove(question);
      mine.complete(answer);
    }
  }

  private Resolution bounded(Question question) {
    Resolution answer =
        freely(
            failed -> failed,
            () -> resolver.resolve(question.id(), question.tenant(), question.database()));
    // a foreign one is looked up each time, as an unknown one is
    if (answer instanceof Found found && question.agreesWith(found)) {
      bindings.put(question.id(), found);
    }
    return answer;
  }

  private record Question(
      UUID id, @Nullable String tenant, @Nullable String database, long generation) {
    private boolean agreesWith(Found found) {
      return (tenant == null || tenant.equals(found.owner().tenant()))
          && (database == null || database.equals(found.owner().database()));
    }
  }
}
