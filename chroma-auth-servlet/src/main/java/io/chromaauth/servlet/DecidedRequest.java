package io.chromaauth.servlet;

import io.chromaauth.UserIdentity;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request that the filter lets through: it knows who asks, and gives a body that was read again.
 */
final class DecidedRequest extends RewrittenRequest {
  private final @Nullable UserIdentity identity;
  private final byte @Nullable [] body;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;

  DecidedRequest(HttpServletRequest request, Verdict.Pass pass) {
    super(request, pass.target());
    identity = pass.identity();
    body = pass.body();
    if (body != null) {
      request.setAttribute(RequestIdentity.BODY_ATTRIBUTE, body);
    }
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return identity;
  }

  @Override
  public @Nullable String getRemoteUser() {
    return identity == null ? null : identity.userId();
  }

  @Override
  public @Nullable String getAuthType() {
    if (identity == null) {
      return null;
    }
    return identity.provider().equals("basic") ? BASIC_AUTH : identity.provider();
  }

  @Override
  public boolean isUserInRole(String role) {
    return identity != null && identity.roles().contains(role);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      return super.getInputStream();
    }
    if (reader != null) {
      throw new IllegalStateException("getReader() has been called");
    }
    ServletInputStream known = stream == null ? new Replay(body) : stream;
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

  /** Bytes that are all there already. */
  private static final class Replay extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Replay(byte[] body) {
      bytes = new ByteArrayInputStream(body);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      try {
        if (!isFinished()) {
          listener.onDataAvailable();
        }
        listener.onAllDataRead();
      } catch (IOException e) {
        listener.onError(e);
      }
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }
  }
}
