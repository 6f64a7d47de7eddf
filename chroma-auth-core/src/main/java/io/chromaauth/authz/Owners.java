package io.chromaauth.authz;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.CollectionResolver.Client;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.Listing;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which tenant and database a collection's UUID belongs to, and bounds how many look-ups
 * run at once. The binding never changes (UUIDs are the server's own and not used again), so it is
 * kept long; the name may, so it is kept for two seconds at most and dropped when this process sees
 * a change; a miss is never kept. Thread-safe.
 */
public final class Owners implements AutoCloseable {
  /** How long another process's rename or deletion may go unnoticed. */
  public static final Duration NAME_KEPT = Duration.ofSeconds(2);

  private static final int BINDINGS_KEPT = 100_000;
  private static final int AT_ONCE = 32;
  private static final int AT_ONCE_FOR_ONE_USER = 8;

  /** How often a name is looked up again because names changed meanwhile. */
  private static final int ATTEMPTS = 5;

  private static final Unavailable BUSY =
      new Unavailable("too many look-ups of collections at once");
  private static final Unavailable USER_BUSY =
      new Unavailable("too many look-ups of collections at once for one user");
  private static final Unavailable RESTLESS =
      new Unavailable("collections are renamed or deleted faster than their names can be read");

  private static final Unavailable SLOW =
      new Unavailable("a collection's name can't be read within " + NAME_KEPT.toSeconds() + " s");

  private final CollectionResolver resolver;
  private final LongSupplier nanoTime;
  private final Cache<UUID, Known> known =
      Caffeine.newBuilder().maximumSize(BINDINGS_KEPT).executor(Runnable::run).build();
  private final ConcurrentMap<Question, CompletableFuture<Answer>> inFlight =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> byUser = new ConcurrentHashMap<>();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final NameChanges changes = new NameChanges();
  private final AtomicLong unshared = new AtomicLong();

  /** Asks this resolver. */
  public Owners(CollectionResolver resolver) {
    this(resolver, System::nanoTime);
  }

  /** Asks this resolver, by this clock. */
  Owners(CollectionResolver resolver, LongSupplier nanoTime) {
    this.resolver = resolver;
    this.nanoTime = nanoTime;
  }

  /** Whether an owner can be found for a path that names neither tenant nor database. */
  public boolean findWithoutPath() {
    return resolver.findsWithoutPath();
  }

  /**
   * The owner of a UUID if no look-up is needed, else null. A foreign one is looked up each time,
   * as an unknown one is: the time tells nothing.
   *
   * @see #find
   */
  public @Nullable Found remembered(
      UUID id, @Nullable String tenant, @Nullable String database, boolean nameNeeded) {
    Known found = known.getIfPresent(id);
    boolean fits =
        found != null
            && found.isAt(tenant, database)
            && (!nameNeeded || isPresentName(id, tenant, found));
    return fits && found != null ? found.owner() : null;
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
    Found remembered = remembered(id, tenant, database, nameNeeded);
    if (remembered != null) {
      return remembered;
    }
    return nameNeeded
        ? named(id, tenant, database, userId)
        : shared(question(id, tenant, database), userId).resolution();
  }

  /**
   * A collection's name is about to change: until that is over its name is not remembered and
   * nobody shares a look-up of it, and afterwards nobody is judged by one that began before.
   */
  public Change renaming(UUID id) {
    return changes.renaming(id);
  }

  /** Collections of a tenant, or of all for null, are about to go: the same. */
  public Change deleting(@Nullable String tenant) {
    return changes.deleting(tenant);
  }

  /** A change that is under way. */
  public interface Change {
    /**
     * It is over; only the first call counts.
     *
     * @param changed whether it may have changed anything
     */
    void over(boolean changed);
  }

  private boolean isPresentName(UUID id, @Nullable String tenant, Known found) {
    return changes.isQuiet(id, tenant)
        && changes.ended(id, tenant).isSince(found.ended())
        && nanoTime.getAsLong() - found.askedAt() <= NAME_KEPT.toNanos();
  }

  /**
   * The owner under the name that it has after every change that ended meanwhile, and by a look-up
   * that is not older than a name may be.
   */
  private Resolution named(
      UUID id, @Nullable String tenant, @Nullable String database, String userId) {
    for (int i = 0; i < ATTEMPTS; i++) {
      NameChanges.Count before = changes.ended(id, tenant);
      Answer answer = shared(question(id, tenant, database), userId);
      boolean slow = nanoTime.getAsLong() - answer.askedAt() > NAME_KEPT.toNanos();
      if (!(answer.resolution() instanceof Found)
          || (changes.ended(id, tenant).isSince(before) && !slow)) {
        return answer.resolution();
      }
      if (slow && i > 0) {
        return SLOW; // twice: whoever waits on may wait for ever
      }
    }
    return RESTLESS;
  }

  private Question question(UUID id, @Nullable String tenant, @Nullable String database) {
    boolean shared = changes.isQuiet(id, tenant);
    long alone = shared ? 0 : unshared.incrementAndGet();
    return new Question(id, tenant, database, changes.ended(id, tenant), alone);
  }

  @Override
  public void close() {
    resolver.close();
  }

  /**
   * A page of a list; see {@link CollectionResolver#list}. Counts as a look-up.
   *
   * @param in the tenant, or the database, whose list it is
   */
  public Listing list(AuthzResource in, int limit, int offset, Client client, String userId) {
    String tenant = Objects.requireNonNull(in.tenant());
    return asOneOfFew(
        userId,
        busy -> busy,
        () ->
            freely(
                failed -> failed,
                () -> resolver.forClient(client).list(tenant, in.database(), limit, offset)));
  }

  private <T> T asOneOfFew(String userId, Function<Unavailable, T> busy, Supplier<T> lookUp) {
    try {
      boolean few = byUser.merge(userId, 1, Integer::sum) <= AT_ONCE_FOR_ONE_USER;
      return few ? lookUp.get() : busy.apply(USER_BUSY);
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
  private Answer shared(Question question, String userId) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> running = inFlight.putIfAbsent(question, mine);
    if (running != null) {
      Answer answer = running.join();
      // another user's limit is not this one's
      return answer.resolution().equals(USER_BUSY) ? lookUp(question, userId) : answer;
    }
    Answer answer = new Answer(BUSY, 0);
    try {
      answer = lookUp(question, userId);
      return answer;
    } finally {
      inFlight.remove(question);
      mine.complete(answer);
    }
  }

  private Answer lookUp(Question question, String userId) {
    long askedAt = nanoTime.getAsLong();
    Resolution resolution = asOneOfFew(userId, busy -> busy, () -> bounded(question, askedAt));
    return new Answer(resolution, askedAt);
  }

  private Resolution bounded(Question question, long askedAt) {
    NameChanges.Count ended = changes.ended(question.id(), question.tenant());
    Resolution answer =
        freely(
            failed -> failed,
            () -> resolver.resolve(question.id(), question.tenant(), question.database()));
    if (answer instanceof Found found) {
      Known owner = new Known(found, askedAt, ended);
      if (owner.isAt(question.tenant(), question.database())) {
        known.put(question.id(), owner);
      }
    }
    return answer;
  }

  /**
   * @param askedAt when the look-up began, in nanoseconds
   */
  private record Answer(Resolution resolution, long askedAt) {}

  /**
   * @param ended what separates look-ups that may be shared: no change of a name
   * @param alone zero, or a number that no other look-up has
   */
  private record Question(
      UUID id,
      @Nullable String tenant,
      @Nullable String database,
      NameChanges.Count ended,
      long alone) {}

  /**
   * @param askedAt when the look-up began, in nanoseconds
   * @param ended which changes of names had ended by then
   */
  private record Known(Found owner, long askedAt, NameChanges.Count ended) {
    boolean isAt(@Nullable String tenant, @Nullable String database) {
      return (tenant == null || tenant.equals(owner.owner().tenant()))
          && (database == null || database.equals(owner.owner().database()));
    }
  }
}
