package io.chromaauth.settings;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A map of few entries in the order in which they were put. A document may hold a million mappings
 * of a handful of keys, for which a hash table is more than the keys. Not thread-safe.
 */
final class FewEntries extends AbstractMap<String, YamlNode> {
  /** From here on looking through all of them is slower than a hash table. */
  static final int MOST = 8;

  private static final YamlNode[] NONE = {};

  private String[] keys = {};
  private YamlNode[] values = NONE;
  private int size;

  @Override
  public @Nullable YamlNode get(@Nullable Object key) {
    int i = indexOf(key);
    return i < 0 ? null : values[i];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return indexOf(key) >= 0;
  }

  @Override
  public @Nullable YamlNode put(String key, YamlNode value) {
    int i = indexOf(key);
    if (i >= 0) {
      YamlNode before = values[i];
      values[i] = value;
      return before;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size == 0 ? 2 : 2 * size);
      values = Arrays.copyOf(values, keys.length);
    }
    keys[size] = key;
    values[size++] = value;
    return null;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super YamlNode> action) {
    for (int i = 0; i < size; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, YamlNode>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, YamlNode>> iterator() {
        return IntStream.range(0, FewEntries.this.size)
            .mapToObj(i -> Map.entry(keys[i], values[i]))
            .iterator();
      }

      @Override
      public int size() {
        return FewEntries.this.size;
      }
    };
  }

  @Override
  public int size() {
    return size;
  }

  private int indexOf(@Nullable Object key) {
    for (int i = 0; i < size; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }
}
