package io.chromaauth.servlet;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One answer of the filter's own: Chroma's JSON form, by which its clients raise typed errors.
 *
 * @param headers fields besides the content type, each a name and a value
 * @param body the JSON, UTF-8; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
record Answer(int status, List<Header> headers, byte[] body) {
  static final Answer FORBIDDEN = error(403, "AuthError", "Forbidden");
  static final Answer OUT_OF_BOUNDS =
      error(
          403,
          "AuthError",
          "Forbidden: outside this identity's tenant or database; pass tenant= and database=,"
              + " see GET /api/v2/auth/identity");
  static final Answer NO_ROUTE = error(404, "NotFoundError", "no such path in the Chroma API");
  static final Answer NO_PLACE = error(404, "NotFoundError", "no such tenant or database");
  static final Answer UNAVAILABLE = unavailable("authentication is not possible now; try again");
  static final Answer NO_OWNER = unavailable("the collection can't be looked up now; try again");
  static final Answer TOO_SLOW =
      error(408, "InvalidArgumentError", "the body did not come in time");
  static final Answer NO_ROOM = unavailable("too many bodies to inspect now; try again");
  static final Answer FAILED = unavailable("the request can't be decided now; the log says why");
  static final Answer TWO_CREDENTIALS = badRequest("more than one set of credentials");
  static final Answer MALFORMED_BODY =
      badRequest("the body is not one JSON object with names as texts");
  static final Answer AMBIGUOUS_PATH = badRequest("the path is ambiguous");
  static final Answer AMBIGUOUS_NAMES =
      badRequest("tenant, database or collection id is malformed, doubled or contradictory");
  static final Answer GUARDED =
      error(422, "InvalidArgumentError", "trust_remote_code is not accepted");

  /** A header field. */
  record Header(String name, String value) {}

  /** An error in Chroma's form. */
  static Answer error(int status, String error, String message, Header... headers) {
    String json = "{\"error\":\"" + error + "\",\"message\":\"" + escaped(message) + "\"}";
    return new Answer(status, List.of(headers), json.getBytes(StandardCharsets.UTF_8));
  }

  /** What Chroma calls an invalid argument. */
  static Answer badRequest(String message) {
    return error(400, "InvalidArgumentError", message);
  }

  /** A body over the limit. */
  static Answer tooLarge(long limit) {
    return error(413, "InvalidArgumentError", "the body is larger than " + limit + " bytes");
  }

  /** A known path with another method. */
  static Answer wrongMethod(String allow) {
    return error(405, "InvalidArgumentError", "method not allowed", new Header("Allow", allow));
  }

  /** The same for a collection that is unknown, foreign or out of bounds. */
  static Answer noCollection(String id) {
    return error(404, "NotFoundError", "Collection [" + id + "] does not exist");
  }

  /** After too many failures; the time in whole seconds, at least one. */
  static Answer tooManyFailures(Duration retryAfter) {
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return error(
        429,
        "RateLimitError",
        "too many failed attempts; try again later",
        new Header("Retry-After", String.valueOf(seconds)));
  }

  private static Answer unavailable(String message) {
    return error(503, "InternalError", message, new Header("Retry-After", "1"));
  }

  private static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
