package io.chromaauth.servlet;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody has sent: what would become of it is asked.
 *
 * @param path the raw path below the context path
 * @param query the raw query string, or null
 * @param text the body, or null if the question leaves it open
 */
record SupposedRequest(String method, String path, @Nullable String query, @Nullable String text)
    implements IncomingRequest {

  /** The request of a question; what follows the first {@code ?} of the target is the query. */
  static SupposedRequest of(Question.OfRequest question) {
    String target = question.target();
    int mark = target.indexOf('?');
    return new SupposedRequest(
        question.method(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        question.body());
  }

  @Override
  public String rawUri() {
    return path;
  }

  @Override
  public boolean isIncluded() {
    return false;
  }

  @Override
  public boolean isDispatched() {
    return false;
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }

  @Override
  public List<String> values(String name) {
    return List.of();
  }

  @Override
  public long contentLength() {
    return bytes().length;
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(bytes());
  }

  @Override
  public String remoteAddress() {
    return "";
  }

  private byte[] bytes() {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
