package io.chromaauth.demo.store;

import java.util.List;

/**
 * The records nearest to one query, nearest first.
 *
 * @param distances of each record
 */
public record Neighbours(Page page, List<Float> distances) {
  public Neighbours {
    distances = List.copyOf(distances);
  }
}
