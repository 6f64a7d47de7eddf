package io.chromaauth.demo.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The indexes in memory: those that are kept, of which the one that was searched longest ago gives
 * way first, and those that searches still use, which count until the last of them has ended.
 */
final class VectorMemory {
  private final long mostBytes;

  /** The one that was searched longest ago comes first. */
  private final Map<Long, Held> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** No longer kept, still in use. */
  private final Set<Held> leaving = new HashSet<>();

  private long reserved;

  /**
   * @param mostBytes how much they may take together
   */
  VectorMemory(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A collection's index, to be used until the lease ends; null if it is not kept. */
  synchronized @Nullable Lease use(long collection) {
    Held held = kept.get(collection);
    if (held == null) {
      return null;
    }
    held.users++;
    return new Lease(held.index, () -> release(held));
  }

  private synchronized void release(Held held) {
    if (--held.users == 0) {
      held.copies = 0;
      leaving.remove(held);
    }
  }

  /** Whether that much can be had by letting go what nobody uses. */
  synchronized boolean hasRoom(long bytes) {
    long used = reserved + sum(leaving);
    used += sum(kept.values().stream().filter(held -> held.users > 0).toList());
    return used + bytes <= mostBytes;
  }

  /** Takes memory for an index that is about to be read; to be followed by {@link #loaded}. */
  synchronized boolean reserve(long bytes) {
    if (!hasRoom(bytes)) {
      return false;
    }
    makeRoom(bytes);
    reserved += bytes;
    return true;
  }

  /**
   * Keeps an index in place of what was reserved for it.
   *
   * @param index null if it could not be read
   */
  synchronized void loaded(long collection, @Nullable VectorIndex index, long bytes) {
    reserved -= bytes;
    if (index != null) {
      kept.put(collection, new Held(index));
    }
  }

  /** Follows a commit, if the collection's index is kept and there is room for it afterwards. */
  synchronized void apply(long collection, VectorChanges changes) {
    Held held = kept.get(collection);
    if (held == null) {
      return;
    }
    long more = held.index.bytesFor(changes);
    forget(collection); // where memory runs out now, the next search reads the file
    if (hasRoom(held.users > 0 ? more : held.bytes() + more)) {
      leaving.remove(held);
      makeRoom(held.bytes() + more);
      VectorIndex changed = held.index.with(changes);
      held.copies += held.users == 0 ? 0 : more - (changed.bytes() - held.index.bytes());
      held.index = changed;
      kept.put(collection, held);
    }
  }

  private void makeRoom(long bytes) {
    Iterator<Held> oldestFirst = kept.values().iterator();
    long tooMuch = bytes() + bytes - mostBytes;
    while (tooMuch > 0 && oldestFirst.hasNext()) {
      Held held = oldestFirst.next();
      if (held.users == 0) {
        oldestFirst.remove();
        tooMuch -= held.bytes();
      }
    }
  }

  /** How much memory they take. */
  synchronized long bytes() {
    return reserved + sum(kept.values()) + sum(leaving);
  }

  private static long sum(Collection<Held> some) {
    return some.stream().mapToLong(Held::bytes).sum();
  }

  synchronized void forget(long collection) {
    Held held = kept.remove(collection);
    if (held != null && held.users > 0) {
      leaving.add(held);
    }
  }

  synchronized void forgetAll() {
    List.copyOf(kept.keySet()).forEach(this::forget);
  }

  /** The use of an index by one search. */
  static final class Lease implements AutoCloseable {
    private final VectorIndex index;
    private final Runnable end;

    Lease(VectorIndex index, Runnable end) {
      this.index = index;
      this.end = end;
    }

    VectorIndex index() {
      return index;
    }

    /** Once. */
    @Override
    public void close() {
      end.run();
    }
  }

  /** One collection's index, and what running searches may keep of its earlier states. */
  private static final class Held {
    private VectorIndex index;
    private long copies;
    private int users;

    Held(VectorIndex index) {
      this.index = index;
    }

    long bytes() {
      return index.bytes() + copies;
    }
  }
}
