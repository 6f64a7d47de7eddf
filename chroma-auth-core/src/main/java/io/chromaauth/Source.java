package io.chromaauth;

import io.chromaauth.ConfiguredProviders.Made;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where credentials and rules come from; they can be read again. */
interface Source {
  /**
   * Reads everything.
   *
   * @param hostActions actions of a host's own that rules may name
   * @param before the providers of the last time, empty at the first
   * @throws ConfigException with everything that is wrong
   */
  Assembled assemble(Collection<AuthzAction> hostActions, List<Made> before);

  /**
   * What was read.
   *
   * @param fingerprint of all that it was read from
   * @param files the files among that, with their texts' SHA-256
   * @param made the providers, for the next time
   */
  record Assembled(
      ChromaAuth.Snapshot snapshot,
      ChromaAuth.Summary summary,
      String fingerprint,
      Map<Path, String> files,
      List<Made> made) {
    public Assembled {
      files = Map.copyOf(files);
      made = List.copyOf(made);
    }
  }
}
