package io.chromaauth.settings;

import org.jspecify.annotations.Nullable;

/** Ends the reading of a document at a part that is well-formed and not accepted. */
final class Unacceptable extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int line;
  private final String found;
  private final String expected;
  private final @Nullable String fix;

  Unacceptable(int line, String found, String expected) {
    this(line, found, expected, null);
  }

  Unacceptable(int line, String found, String expected, @Nullable String fix) {
    super(found, null, false, false);
    this.line = line;
    this.found = found;
    this.expected = expected;
    this.fix = fix;
  }

  /** Notes it as a fault of this document. */
  void note(Place source, Faults faults) {
    faults.add(source.line(line), found, expected, fix);
  }
}
