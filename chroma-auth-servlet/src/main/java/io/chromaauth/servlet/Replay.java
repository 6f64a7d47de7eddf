package io.chromaauth.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A body that has been read, given again. Its bytes are all there: nobody waits for it. */
final class Replay extends ServletInputStream {
  private final ByteArrayInputStream bytes;
  private final HttpServletRequest request;
  private boolean listened;

  Replay(byte[] body, HttpServletRequest request) {
    this.bytes = new ByteArrayInputStream(body);
    this.request = request;
  }

  @Override
  public boolean isFinished() {
    return bytes.available() == 0;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The listener is called by a thread of the container's, as for any other stream.
   */
  @Override
  public void setReadListener(ReadListener listener) {
    if (listener == null) {
      throw new NullPointerException("no listener");
    }
    if (listened || !request.isAsyncStarted()) {
      throw new IllegalStateException(
          listened
              ? "there is a listener already"
              : "asynchronous processing has not been started");
    }
    listened = true;
    request.getAsyncContext().start(() -> tell(listener));
  }

  private void tell(ReadListener listener) {
    try {
      if (!isFinished()) {
        listener.onDataAvailable();
      }
      if (isFinished()) {
        listener.onAllDataRead();
      }
    } catch (IOException | RuntimeException e) {
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
