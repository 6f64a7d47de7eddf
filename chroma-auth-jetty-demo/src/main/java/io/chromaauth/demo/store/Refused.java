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
    /** An embedding is not of the collection's dimension. */
    DIMENSION,
    /** The database that it names is not there. */
    NOT_FOUND,
    /** The collection that it names is not there. */
    NO_COLLECTION,
    /** What it would create is there already. */
    EXISTS,
    /** It takes more memory than one request may have. */
    TOO_LARGE,
    /** It may be possible a little later. */
    BUSY
  }

  private final Why why;
  private final String wordsBefore1;

  private Refused(Why why, String message) {
    this(why, message, message);
  }

  private Refused(Why why, String message, String wordsBefore1) {
    super(message, null, false, false);
    this.why = why;
    this.wordsBefore1 = wordsBefore1;
  }

  /** The request contradicts itself or what is stored. */
  public static Refused invalid(String message) {
    return new Refused(Why.INVALID, message);
  }

  /** An embedding is not of the collection's dimension. */
  public static Refused dimension(int expected, int found) {
    return new Refused(
        Why.DIMENSION,
        "Collection expecting embedding with dimension of " + expected + ", got " + found,
        "Embedding dimension " + found + " does not match collection dimensionality " + expected);
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

  /** It takes more memory than one request may have. */
  public static Refused tooLarge(String message) {
    return new Refused(Why.TOO_LARGE, message);
  }

  /** It may be possible a little later. */
  public static Refused busy(String message) {
    return new Refused(Why.BUSY, message);
  }

  /** The message as versions before 1 worded it. */
  public String wordsBefore1() {
    return wordsBefore1;
  }

  /** Why it can't be. */
  public Why why() {
    return why;
  }
}
