package io.chromaauth.demo.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {
  /** As many bytes as asked for, made up. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return length;
    }
  }

  @Test
  void moreThanTheLimitIsTooLarge() throws Exception {
    try (InputStream body = new LimitedBody(new Endless())) {
      body.skipNBytes(0);
      byte[] part = new byte[1 << 20];
      for (long left = LimitedBody.MOST; left > 0; left -= part.length) {
        assertEquals(part.length, body.read(part, 0, part.length));
      }
      assertEquals(Fault.TOO_LARGE, assertThrows(ApiException.class, body::read).fault());
    }
  }

  @Test
  void anEndIsAnEnd() throws IOException {
    try (InputStream body = new LimitedBody(new ByteArrayInputStream(new byte[] {7}))) {
      assertEquals(7, body.read());
      assertEquals(-1, body.read());
      assertEquals(-1, body.read(new byte[3], 0, 3));
    }
  }
}
