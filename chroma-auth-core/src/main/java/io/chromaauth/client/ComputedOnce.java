package io.chromaauth.client;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Headers that are computed when they are first asked for. Thread-safe; prints no value. */
final class ComputedOnce implements ClientCredentials {
  private final Supplier<Map<String, String>> source;
  private volatile @Nullable Map<String, String> headers;

  ComputedOnce(Supplier<Map<String, String>> source) {
    this.source = source;
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> computed = headers;
    return computed == null ? compute() : computed;
  }

  private synchronized Map<String, String> compute() {
    Map<String, String> computed = headers;
    if (computed == null) {
      computed = new Unprinted(Map.copyOf(source.get()));
      headers = computed;
    }
    return computed;
  }

  @Override
  public String toString() {
    return "ClientCredentials[***]";
  }

  /** Immutable, and a log line that prints it shows the names only. */
  private static final class Unprinted extends AbstractMap<String, String> {
    private final Map<String, String> values;

    Unprinted(Map<String, String> values) {
      this.values = values;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      return values.entrySet();
    }

    @Override
    public String toString() {
      return values.keySet() + "=***";
    }
  }
}
