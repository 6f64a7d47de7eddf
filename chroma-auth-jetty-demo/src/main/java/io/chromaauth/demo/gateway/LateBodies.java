package io.chromaauth.demo.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a client still sends of its body after its request was answered, and throws it away:
 * many clients read an answer only once they have sent all, and lose it where the connection ends
 * before (RFC 9112 section 9.6; nginx calls it a lingering close). Blocks no thread.
 */
final class LateBodies extends Handler.Wrapper {
  private final Duration longest;

  /**
   * @param longest how long a client may go on after its answer before it is cut
   */
  LateBodies(Handler handler, Duration longest) {
    super(handler);
    this.longest = longest;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return isAnnounced(request)
        ? super.handle(new Awaited(request), response, new Answered(request, callback, longest))
        : super.handle(request, response, callback);
  }

  /** Who expects a 100 sends nothing without it. */
  private static boolean isAnnounced(Request request) {
    HttpFields headers = request.getHeaders();
    return (request.getLength() > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING))
        && !headers.contains(HttpHeader.EXPECT);
  }

  /** Lets nobody end the connection because of a body that has not come yet. */
  private static final class Awaited extends Request.Wrapper {
    Awaited(Request request) {
      super(request);
    }

    @Override
    public boolean consumeAvailable() {
      return true;
    }
  }

  private static final class Answered extends Callback.Nested {
    private final Request request;
    private final Duration longest;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Scheduler.@Nullable Task timeout;

    Answered(Request request, Callback callback, Duration longest) {
      super(callback);
      this.request = request;
      this.longest = longest;
    }

    @Override
    public void succeeded() {
      Content.Source.consumeAll(
          request,
          Callback.from(Invocable.InvocationType.NON_BLOCKING, this::end, clientHasGone -> end()));
      if (!ended.get()) {
        Scheduler scheduler = request.getComponents().getScheduler();
        timeout = scheduler.schedule(this::end, longest.toMillis(), TimeUnit.MILLISECONDS);
        if (ended.get()) {
          timeout.cancel();
        }
      }
    }

    private void end() {
      if (ended.compareAndSet(false, true)) {
        Scheduler.Task waiting = timeout;
        if (waiting != null) {
          waiting.cancel();
        }
        super.succeeded();
      }
    }
  }
}
