package io.chromaauth.demo.api;

/** A request that is answered with an error, in Chroma's words. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  private ApiException(Fault fault, String message) {
    super(message, null, false, false);
    this.fault = fault;
  }

  static ApiException of(Fault fault, String message) {
    return new ApiException(fault, message);
  }

  /** Well-formed, but not possible. */
  static ApiException invalid(String message) {
    return new ApiException(Fault.INVALID, message);
  }

  /** The body is not JSON. */
  static ApiException notJson(String reason) {
    return invalid("Failed to parse the request body as JSON: " + reason);
  }

  /** The body is JSON of another form. */
  static ApiException malformed(String reason) {
    return new ApiException(
        Fault.MALFORMED, "Failed to deserialize the JSON body into the target type: " + reason);
  }

  static ApiException badQuery(String reason) {
    return invalid("Failed to deserialize query string: " + reason);
  }

  Fault fault() {
    return fault;
  }
}
