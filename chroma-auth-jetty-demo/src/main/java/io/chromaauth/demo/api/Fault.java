package io.chromaauth.demo.api;

/** A kind of error: its status, and the name that clients map to an exception of theirs. */
enum Fault {
  /** Well-formed, but not possible. */
  INVALID(400, "InvalidArgumentError"),
  DIMENSION(400, "InvalidArgumentError", "InvalidDimensionException"),
  /** JSON of another form than the route wants. Clients before 1 don't know the name. */
  MALFORMED(422, "ChromaError", "InvalidArgumentError"),
  NOT_FOUND(404, "NotFoundError"),
  NO_COLLECTION(404, "NotFoundError", "InvalidCollection"),
  NOT_ALLOWED(405, "InvalidArgumentError"),
  EXISTS(409, "ChromaError", "UniqueConstraintError"),
  /** Takes longer to arrive than a body may. */
  TOO_SLOW(408, "InvalidArgumentError"),
  TOO_LARGE(413, "InvalidArgumentError"),
  /** The server was started without it. */
  DISABLED(403, "ChromaError", "InvalidArgumentError"),
  /** The server's own doing: disk full, for instance. */
  FAILED(500, "InternalError"),
  /** May work a little later. */
  BUSY(503, "InternalError"),
  /** Chroma has it, this server has not. */
  UNSUPPORTED(501, "ChromaError", "InternalError");

  private final int status;
  private final String name;
  private final String nameBefore1;

  Fault(int status, String name) {
    this(status, name, name);
  }

  Fault(int status, String name, String nameBefore1) {
    this.status = status;
    this.name = name;
    this.nameBefore1 = nameBefore1;
  }

  Answer answer(Dialect dialect, String message) {
    String error = dialect == Dialect.CHROMA_0 ? nameBefore1 : name;
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("error", error);
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }
}
