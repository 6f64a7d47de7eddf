package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body may come slowly while a thread waits for it: few may do so at once. */
class BodiesAtOnceTest {
  private final BodyReader reader = new BodyReader(1024);
  private final List<Integer> statuses = new ArrayList<>();

  // twice over, since every place must have been given back
  @ParameterizedTest
  @CsvSource({"16, 0", "17, 503", "16, 0"})
  void sixteenBodiesAreReadAtOnce(int depth, int innermost) throws IOException {
    for (int i = 0; i < 2; i++) {
      statuses.clear();
      read(depth);
      assertEquals(innermost, statuses.get(0));
      assertEquals(depth - 1, statuses.stream().skip(1).filter(status -> status == 0).count());
    }
  }

  /** Reads a body within whose reading the next one is read. */
  private void read(int depth) throws IOException {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getContentLengthLong()).thenReturn(2L);
    when(request.getInputStream())
        .thenAnswer(
            call -> {
              if (depth > 1) {
                read(depth - 1);
              }
              return new Empty();
            });
    BodyReader.Result result = reader.read(new ReceivedRequest(request));
    statuses.add(result instanceof BodyReader.Unread unread ? unread.answer().status() : 0);
  }

  private static final class Empty extends ServletInputStream {
    @Override
    public boolean isFinished() {
      return true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {}

    @Override
    public int read() {
      return -1;
    }
  }
}
