package io.chromaauth.demo.store;

/**
 * What was asked for can't be, through the caller's doing; nothing was changed. The message is
 * Chroma's own wording, fit for the client.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it can't be. */
  public enum Why {
    /** The request contradicts itself or what is stored. */
    INVALID,
    /** The database that it names is not there. */
    NOT_FOUND,
    /** The collection that it names is not there. */
    NO_COLLECTION,
    /** What it would create is there already. */
    EXISTS
  }

  private final Why why;

  private Refused(Why why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  /** The request contradicts itself or what is stored. */
  public static Refused invalid(String message) {
    return new Refused(Why.INVALID, message);
  }

  /** The collection that it names is not there. */
  public static Refused noCollection(String message) {
    return new Refused(Why.NO_COLLECTION, message);
  }

  /** The database that it names is not there. */
  public static Refused notFound(String message) {
    return new Refused(Why.NOT_FOUND, message);
  }

  /** What it would create is there already. */
  public static Refused exists(String message) {
    return new Refused(Why.EXISTS, message);
  }

  /** Why it can't be. */
  public Why why() {
    return why;
  }
}
