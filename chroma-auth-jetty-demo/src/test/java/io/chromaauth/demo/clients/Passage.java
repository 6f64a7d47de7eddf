package io.chromaauth.demo.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a gateway and a real Chroma, passes everything on, and notes it: a request that
 * bears {@link #MARK} is a test's own that the gateway let through, any other is a look-up of the
 * gateway's. Can hold back the answers to look-ups.
 */
final class Passage implements AutoCloseable {
  static final String MARK = "X-Test-Call";

  /** Longer than any test holds an answer, shorter than a build may hang. */
  private static final int PATIENCE_S = 30;

  private static final int BROKEN_OFF = 502;

  private static final Set<String> NOT_PASSED =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Passed> passed = new ArrayList<>();
  private final AtomicInteger descriptions = new AtomicInteger();
  private final URI chroma;
  private volatile @Nullable Hold hold;

  private Passage(URI chroma) {
    this.chroma = chroma;
  }

  /** Starts one to this Chroma. */
  static Passage to(URI chroma) throws Exception {
    Passage passage = new Passage(chroma);
    passage.connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    passage.server.addConnector(passage.connector);
    passage.server.setHandler(passage.new Passing());
    passage.server.start();
    return passage;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** What has passed since the last call, but for the server's description of itself. */
  List<Passed> take() {
    synchronized (passed) {
      List<Passed> taken = List.copyOf(passed);
      passed.clear();
      return taken;
    }
  }

  /** How often a gateway has asked for the server's description of itself. */
  int descriptions() {
    return descriptions.get();
  }

  /** From now on a look-up reaches Chroma, and its answer waits here until the hold is released. */
  Hold holdLookUps() {
    Hold held = new Hold();
    hold = held;
    return held;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the passage did not stop", e);
    }
  }

  private void note(Passed one) {
    if (one.isLookUp() && one.uri().equals("/openapi.json")) {
      descriptions.incrementAndGet();
      return;
    }
    synchronized (passed) {
      passed.add(one);
    }
  }

  private HttpResponse<byte[]> ask(Request request, String uri, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(URI.create(chroma + uri))
            .method(
                request.getMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (HttpField field : request.getHeaders()) {
      if (!NOT_PASSED.contains(field.getLowerCaseName())) {
        onward.header(field.getName(), field.getValue());
      }
    }
    return client.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /**
   * A request that reached Chroma.
   *
   * @param mark what the test marked it with, null for a look-up
   * @param status what Chroma answered
   * @param arrived when it came here, in nanoseconds
   */
  record Passed(String method, String uri, @Nullable String mark, int status, long arrived) {
    boolean isLookUp() {
      return mark == null;
    }
  }

  /** Keeps the answers to look-ups. */
  static final class Hold {
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits until Chroma has answered a look-up that is kept here. */
    void awaitFirst() throws InterruptedException {
      if (!first.await(PATIENCE_S, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing was looked up");
      }
    }

    /** Gives the answers back; later ones do not wait. */
    void release() {
      released.countDown();
    }

    private void keep() throws InterruptedException {
      first.countDown();
      if (!released.await(PATIENCE_S, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody released the look-ups");
      }
    }
  }

  private final class Passing extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String uri = request.getHttpURI().getPathQuery();
      long arrived = System.nanoTime();
      String mark = request.getHeaders().get(MARK);
      byte[] body = BufferUtil.toArray(Content.Source.asByteBuffer(request));
      HttpResponse<byte[]> answer;
      try {
        answer = ask(request, uri, body);
      } catch (IOException e) {
        note(new Passed(request.getMethod(), uri, mark, BROKEN_OFF, arrived));
        Response.writeError(request, response, callback, BROKEN_OFF);
        return true;
      }
      note(new Passed(request.getMethod(), uri, mark, answer.statusCode(), arrived));
      Hold held = hold;
      if (held != null && mark == null) {
        held.keep();
      }
      response.setStatus(answer.statusCode());
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!NOT_PASSED.contains(name)) {
                  response.getHeaders().put(name, values);
                }
              });
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }
  }
}
