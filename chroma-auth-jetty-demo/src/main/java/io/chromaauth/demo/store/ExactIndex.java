package io.chromaauth.demo.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every vector. Takes 4 bytes for each dimension of each record, and 13 bytes besides.
 *
 * <p>Slots are in order of insertion. Chunks and arrays are shared with earlier states: what lies
 * beyond their size may be written, a chunk is copied before a vector in it is replaced, and
 * removed records only leave a mark until half of all are marked.
 */
final class ExactIndex implements VectorIndex {
  private static final int CHUNK_FLOATS = 1 << 16;
  private static final int FEWEST_TO_COMPACT = 1024;
  private static final int BYTES_BESIDES = 13;

  private final Space space;
  private final int dimension;
  private final int perChunk;
  private final int size;
  private final long[] seqs;
  private final float[] scales;
  private final float[][] chunks;
  private final BitSet dead;

  private ExactIndex(
      Space space,
      int dimension,
      int size,
      long[] seqs,
      float[] scales,
      float[][] chunks,
      BitSet dead) {
    this.space = space;
    this.dimension = dimension;
    this.perChunk = Math.max(1, CHUNK_FLOATS / Math.max(1, dimension));
    this.size = size;
    this.seqs = seqs;
    this.scales = scales;
    this.chunks = chunks;
    this.dead = dead;
  }

  /** Without any vector. */
  static ExactIndex empty(Space space, int dimension) {
    return new ExactIndex(
        space, dimension, 0, new long[0], new float[0], new float[0][], new BitSet());
  }

  /** How much memory so many vectors take. */
  static long bytes(long count, int dimension) {
    return count * ((long) dimension * Float.BYTES + BYTES_BESIDES);
  }

  @Override
  public long bytes() {
    return bytes(size, dimension);
  }

  @Override
  public long bytesFor(VectorChanges changes) {
    long chunkBytes = (long) perChunk * dimension * Float.BYTES;
    long copied = Math.min(bytes(), changes.replaced().size() * chunkBytes);
    int gone = dead.cardinality() + changes.removed().size();
    return bytes(changes.added().size(), dimension) + (isSparse(gone) ? bytes() : copied);
  }

  @Override
  public ExactIndex with(VectorChanges changes) {
    ExactIndex changed = this;
    if (!changes.added().isEmpty()) {
      changed = changed.added(changes.added());
    }
    if (!changes.replaced().isEmpty()) {
      changed = changed.replaced(changes.replaced());
    }
    return changes.removed().isEmpty() ? changed : changed.removed(changes.removed()).compacted();
  }

  private ExactIndex added(Map<Long, float[]> added) {
    int newSize = size + added.size();
    long[] newSeqs = newSize <= seqs.length ? seqs : Arrays.copyOf(seqs, grown(newSize));
    float[] newScales = newSize <= scales.length ? scales : Arrays.copyOf(scales, newSeqs.length);
    float[][] newChunks = Arrays.copyOf(chunks, (newSize + perChunk - 1) / perChunk);
    int slot = size;
    for (Map.Entry<Long, float[]> entry : added.entrySet()) {
      int chunk = slot / perChunk;
      newChunks[chunk] = withRoom(newChunks[chunk], slot % perChunk + 1);
      System.arraycopy(
          entry.getValue(), 0, newChunks[chunk], slot % perChunk * dimension, dimension);
      newSeqs[slot] = entry.getKey();
      newScales[slot++] = space.inverseLength(entry.getValue());
    }
    return new ExactIndex(space, dimension, newSize, newSeqs, newScales, newChunks, dead);
  }

  private float[] withRoom(float @Nullable [] chunk, int vectors) {
    if (chunk == null) {
      return new float[Math.min(perChunk, vectors) * dimension];
    }
    int wanted = Math.min(perChunk, grown(vectors)) * dimension;
    return vectors * dimension <= chunk.length ? chunk : Arrays.copyOf(chunk, wanted);
  }

  private static int grown(int needed) {
    return needed + needed / 2 + 4;
  }

  private ExactIndex replaced(Map<Long, float[]> replaced) {
    float[] newScales = scales.clone();
    float[][] newChunks = chunks.clone();
    replaced.forEach(
        (seq, vector) -> {
          int slot = slot(seq, 0);
          if (slot >= 0) {
            int chunk = slot / perChunk;
            if (newChunks[chunk] == chunks[chunk]) {
              newChunks[chunk] = chunks[chunk].clone();
            }
            System.arraycopy(vector, 0, newChunks[chunk], slot % perChunk * dimension, dimension);
            newScales[slot] = space.inverseLength(vector);
          }
        });
    return new ExactIndex(space, dimension, size, seqs, newScales, newChunks, dead);
  }

  private ExactIndex removed(Iterable<Long> removed) {
    BitSet newDead = (BitSet) dead.clone();
    for (long seq : removed) {
      int slot = slot(seq, 0);
      if (slot >= 0) {
        newDead.set(slot);
      }
    }
    return new ExactIndex(space, dimension, size, seqs, scales, chunks, newDead);
  }

  private boolean isSparse(int gone) {
    return gone >= FEWEST_TO_COMPACT && gone >= size / 2;
  }

  private ExactIndex compacted() {
    if (!isSparse(dead.cardinality())) {
      return this;
    }
    VectorChanges living = new VectorChanges();
    for (int slot = dead.nextClearBit(0); slot < size; slot = dead.nextClearBit(slot + 1)) {
      living.add(seqs[slot], vectorAt(slot));
    }
    return empty(space, dimension).with(living);
  }

  @Override
  public List<Hit> nearest(float[] query, Nearest nearest, long @Nullable [] among) {
    float scale = space.inverseLength(query);
    if (nearest.wantsNone()) {
      return List.of();
    }
    if (among == null) {
      for (int slot = dead.nextClearBit(0); slot < size; slot = dead.nextClearBit(slot + 1)) {
        nearest.offer(seqs[slot], distance(query, scale, slot));
      }
      return nearest.inOrder();
    }
    int from = 0;
    for (long seq : among) {
      int slot = slot(seq, from);
      if (slot >= 0 && !dead.get(slot)) {
        nearest.offer(seq, distance(query, scale, slot));
      }
      from = slot >= 0 ? slot + 1 : -slot - 1;
    }
    return nearest.inOrder();
  }

  private float distance(float[] query, float scale, int slot) {
    int offset = slot % perChunk * dimension;
    return space.distance(query, chunks[slot / perChunk], offset, scale * scales[slot]);
  }

  private float[] vectorAt(int slot) {
    int offset = slot % perChunk * dimension;
    return Arrays.copyOfRange(chunks[slot / perChunk], offset, offset + dimension);
  }

  private int slot(long seq, int from) {
    return Arrays.binarySearch(seqs, from, size, seq);
  }
}
