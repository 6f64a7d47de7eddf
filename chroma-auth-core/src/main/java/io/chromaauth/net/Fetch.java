package io.chromaauth.net;

import io.chromaauth.settings.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Small answers of one server: whole within a time, of a bounded size, without redirects.
 * Thread-safe.
 */
public final class Fetch implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int LARGEST = 1 << 20;

  private final Duration patience;
  private final ExecutorService threads;
  private final HttpClient client;

  /**
   * @param threadName of its daemon threads
   * @param patience how long an answer may take
   */
  public Fetch(String threadName, Duration patience) {
    this.patience = patience;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  /** Whether what comes from a URL was written by its server: HTTPS, or this machine. */
  public static boolean isSafe(URI url) {
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    return url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null
        && ("https".equalsIgnoreCase(url.getScheme()) || (http && Loopback.isHost(url.getHost())));
  }

  /**
   * The whole answer to a GET.
   *
   * @param accept the types that it may have
   * @throws IOException if there is none in time, or it is too large
   */
  public Answer get(URI url, String accept) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url).header("Accept", accept).build());
  }

  /**
   * The whole answer to the POST of a form.
   *
   * @param form already encoded
   * @param headers name to value
   * @throws IOException if there is none in time, or it is too large; without the request
   */
  public Answer post(URI url, String form, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return send(request.build());
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new LimitedBody(LARGEST));
    try {
      HttpResponse<byte[]> whole = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(whole.statusCode(), new String(whole.body(), StandardCharsets.UTF_8));
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + patience.toMillis() + " ms", e);
    } finally {
      answer.cancel(true);
    }
  }

  /** Ends its threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** What a server said; prints nothing of it. */
  public record Answer(int status, String body) {
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }
}
