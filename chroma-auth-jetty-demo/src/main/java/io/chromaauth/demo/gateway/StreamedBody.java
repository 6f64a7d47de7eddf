package io.chromaauth.demo.gateway;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The client's body as Jetty's client asks for it: a chunk is read only when the one before has
 * gone to the upstream.
 */
final class StreamedBody implements Request.Content {
  private final ClientSide client;
  private final Runnable progress;
  private volatile boolean awaited;

  /**
   * A body that has not been read yet.
   *
   * @param client whose body it is
   * @param progress called whenever the upstream has taken a chunk
   */
  StreamedBody(ClientSide client, Runnable progress) {
    this.client = client;
    this.progress = progress;
  }

  /** Whether the next bytes must come from the client. */
  boolean isAwaited() {
    return awaited;
  }

  @Override
  public @Nullable String getContentType() {
    return null; // the client's header is copied, or there is none
  }

  @Override
  public long getLength() {
    return client.request().getLength();
  }

  @Override
  public Content.@Nullable Chunk read() {
    progress.run();
    Content.Chunk chunk = client.request().read();
    if (Content.Chunk.isFailure(chunk)) {
      client.failed(chunk.getFailure());
    }
    return chunk;
  }

  @Override
  public void demand(Runnable callback) {
    awaited = true;
    client
        .request()
        .demand(
            () -> {
              awaited = false;
              callback.run();
            });
  }

  /** Withdraws a pending demand; without one Jetty's server side must not fail, it can answer. */
  @Override
  public void fail(Throwable cause) {
    client.giveUp();
    if (awaited) {
      client.request().fail(cause);
    }
  }
}
