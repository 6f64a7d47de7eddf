package io.chromaauth.settings;

import io.chromaauth.ConfigException;
import io.chromaauth.ConfigException.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one start, so that all of them can be told at once. Not thread-safe. */
public final class Faults {
  private final Set<Fault> found = new LinkedHashSet<>();

  /** Notes a fault at a place, each fault once. */
  public void add(Place place, String what, String expected, @Nullable String fix) {
    found.add(new Fault(place.where(), place.line(), place.key(), what, expected, fix));
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Notes what others have noted, each fault once. */
  public void addAll(Faults others) {
    found.addAll(others.found);
  }

  /** Notes what another check has found, each fault once. */
  public void addAll(ConfigException other) {
    found.addAll(other.faults());
  }

  /**
   * Ends the start if anything is wrong.
   *
   * @throws ConfigException with all faults
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(List.copyOf(found));
    }
  }
}
