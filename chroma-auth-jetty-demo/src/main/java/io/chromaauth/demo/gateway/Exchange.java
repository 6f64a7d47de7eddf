package io.chromaauth.demo.gateway;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to the upstream and its answer on the way back, each chunk passed on
 * before the next is asked for. Runs on selector threads: nothing here blocks. Sent once, never
 * again: the upstream may have done the work of a request that failed.
 */
final class Exchange
    implements Response.HeadersListener,
        Response.AsyncContentListener,
        Response.SuccessListener,
        Response.CompleteListener,
        CyclicTimeouts.Expirable {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxy.class);

  private final Upstream upstream;
  private final ClientSide client;
  private final RawRequest request;
  private final long timeoutNanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  // the answer's last write, and the end of the request: whichever comes last ends it all
  private final AtomicInteger open = new AtomicInteger(2);
  private @Nullable StreamedBody body;
  private boolean committed;
  private volatile boolean answered;
  private volatile boolean connected;
  private volatile boolean writing;
  private volatile long lastProgress = System.nanoTime();

  Exchange(Upstream upstream, ClientSide client, RawTarget target) {
    this.upstream = upstream;
    this.client = client;
    this.request = upstream.newRequest(target, client, client.requestId());
    this.timeoutNanos = upstream.timeout().toNanos();
  }

  /** Sends it. With {@code inspected} that is the body, else the client's is streamed. */
  void start(byte @Nullable [] inspected) {
    if (inspected != null) {
      request.body(new BytesRequestContent((String) null, inspected));
    } else if (client.sendsBody()) {
      body = new StreamedBody(client, this::progress);
      request.body(body);
    }
    client.onFailure(this::clientGone);
    request.idleTimeout(0, TimeUnit.MILLISECONDS); // see AnswerTimeouts
    request.onRequestBegin(ignored -> connected());
    upstream.timeouts().watch(this);
    request.send(this);
  }

  private void connected() {
    progress();
    connected = true;
  }

  private void progress() {
    lastProgress = System.nanoTime();
  }

  @Override
  public long getExpireNanoTime() {
    StreamedBody streamed = body;
    boolean clientsTurn = writing || (streamed != null && streamed.isAwaited());
    return (clientsTurn ? System.nanoTime() : lastProgress) + timeoutNanos;
  }

  /** Ends it because the upstream was silent for too long. */
  void expire() {
    abort(new TimeoutException("nothing from the upstream in time"));
  }

  /** Nobody is there to be answered, unless this is the echo of the upstream's failure. */
  private void clientGone(Throwable cause) {
    client.failed(cause);
    if (client.failure() == null) {
      fail(cause);
    } else if (end()) {
      abort(cause);
      client.cut(cause);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // onComplete tells the end
  private void abort(Throwable cause) {
    request.abort(cause);
  }

  @Override
  public void onHeaders(Response response) {
    progress();
    int status = response.getStatus();
    if (status < 200 || status > 599) { // 100, 102 and 103 never come here
      abort(new IOException("status " + status));
    }
  }

  @Override
  public void onContent(Response response, Content.Chunk chunk, Runnable demander) {
    progress();
    commit(response);
    chunk.retain();
    writing = true;
    client.write(chunk.getByteBuffer(), new Passed(chunk, demander));
  }

  /** Only now: until something is written the answer can still become a 502 of ours. */
  private void commit(Response response) {
    if (!committed) {
      committed = true;
      client.setStatus(response.getStatus());
      upstream.returnedHeaders().copy(response.getHeaders(), client.answerHeaders());
    }
  }

  @Override
  public void onSuccess(Response response) {
    commit(response);
    answered = true;
    writing = true;
    client.writeEnd(
        Callback.from(Invocable.InvocationType.NON_BLOCKING, this::closeOne, this::clientGone));
  }

  @Override
  public void onComplete(Result result) {
    if (answered) {
      closeOne(); // an upstream may answer before it has read the whole body
    } else {
      fail(result.getFailure());
    }
  }

  private void closeOne() {
    writing = false;
    if (open.decrementAndGet() == 0 && end()) {
      client.complete();
    }
  }

  private boolean end() {
    upstream.timeouts().forget(this);
    return ended.compareAndSet(false, true);
  }

  private void fail(Throwable cause) {
    if (end()) {
      UpstreamFailure failure = UpstreamFailure.of(cause, connected, client.failure());
      log(failure, cause);
      client.fail(failure.answer(), cause);
    }
  }

  private void log(UpstreamFailure failure, Throwable cause) {
    String reason = connected ? cause.getClass().getSimpleName() : cause.toString();
    if (failure.isClients()) {
      LOG.debug("{} {}: {}, {}", request.getMethod(), request.getPath(), failure, reason);
      return;
    }
    LOG.warn(
        "{} {}: upstream {}, {}, request {}",
        request.getMethod(),
        request.getPath(),
        failure,
        reason,
        client.ensureRequestId());
  }

  /** What follows the passing on of one chunk. */
  private final class Passed implements Callback {
    private final Content.Chunk chunk;
    private final Runnable demander;

    Passed(Content.Chunk chunk, Runnable demander) {
      this.chunk = chunk;
      this.demander = demander;
    }

    @Override
    public void succeeded() {
      chunk.release();
      progress();
      writing = false;
      demander.run();
    }

    @Override
    public void failed(Throwable cause) {
      chunk.release();
      clientGone(cause);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
