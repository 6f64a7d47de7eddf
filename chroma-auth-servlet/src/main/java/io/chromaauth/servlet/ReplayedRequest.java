package io.chromaauth.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read, and is given again by stream or reader. It is one JSON object,
 * whatever its content type: no form, whose parameters nobody has decided on, and nothing in parts.
 */
class ReplayedRequest extends RewrittenRequest {
  private final byte @Nullable [] body;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;

  /**
   * @param target null leaves the path as it is
   * @param body all of it, or null if nothing was read
   */
  ReplayedRequest(HttpServletRequest request, @Nullable Target target, byte @Nullable [] body) {
    super(request, target);
    this.body = body;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      return super.getInputStream();
    }
    if (reader != null) {
      throw new IllegalStateException("getReader() has been called");
    }
    ServletInputStream known = stream == null ? new Replay(body, this) : stream;
    stream = known;
    return known;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (body == null) {
      return super.getReader();
    }
    if (stream != null) {
      throw new IllegalStateException("getInputStream() has been called");
    }
    BufferedReader known =
        reader == null
            ? new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8))
            : reader;
    reader = known;
    return known;
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    checkParts();
    return super.getParts();
  }

  @Override
  public @Nullable Part getPart(String name) throws IOException, ServletException {
    checkParts();
    return super.getPart(name);
  }

  /** What is one JSON object is not in parts, whatever its header says. */
  private void checkParts() throws ServletException {
    if (body != null) {
      throw new ServletException("the body is not multipart/form-data");
    }
  }
}
