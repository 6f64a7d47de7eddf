package io.chromaauth.demo.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body up to a size. */
final class LimitedBody extends FilterInputStream {
  static final long MOST = 256L * 1024 * 1024;

  private long left = MOST;

  LimitedBody(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    return counted(one < 0 ? -1 : 1) < 0 ? -1 : one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return counted(super.read(bytes, offset, length));
  }

  private int counted(int count) {
    left -= Math.max(0, count);
    if (left < 0) {
      throw ApiException.of(
          Fault.TOO_LARGE, "the request body may have " + MOST + " bytes at most");
    }
    return count;
  }
}
