package io.chromaauth.demo.clients;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Connections that read and query one collection by its UUID, each as fast as it is answered. */
final class Load implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final int PATIENCE_S = 30;

  /** A hundred times what an answer takes. */
  private static final long STANDSTILL = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<Connection> connections = new ArrayList<>();
  private volatile boolean ended;

  private Load() {}

  /**
   * Begins.
   *
   * @param collection the URI of the collection at a gateway
   */
  static Load on(URI collection, String who) {
    Load load = new Load();
    for (int i = 0; i < CONNECTIONS; i++) {
      Connection connection = load.new Connection(collection, who);
      load.connections.add(connection);
      connection.thread.start();
    }
    return load;
  }

  /** Waits until no connection has been answered for a while: all wait for something. */
  void awaitStandstill() throws InterruptedException {
    awaitAll(
        connection -> {
          Answer last = connection.last;
          return last != null && System.nanoTime() - last.ended() > STANDSTILL;
        });
  }

  /** Waits until every connection has an answer to a request that began after this. */
  void awaitAnswersSince(long time) throws InterruptedException {
    awaitAll(
        connection -> {
          Answer last = connection.last;
          return last != null && last.began() - time > 0;
        });
  }

  /** All answers so far. */
  List<Answer> answers() {
    List<Answer> all = new ArrayList<>();
    for (Connection connection : connections) {
      synchronized (connection.answers) {
        all.addAll(connection.answers);
      }
    }
    return all;
  }

  @Override
  public void close() {
    ended = true;
    try {
      for (Connection connection : connections) {
        connection.thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAll(Predicate<Connection> holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!connections.stream().allMatch(holds)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited in vain; " + answers().size() + " answers");
      }
      TimeUnit.MILLISECONDS.sleep(2); // connections tell nobody
    }
  }

  /**
   * What became of one request.
   *
   * @param began when it was sent, in nanoseconds; its mark
   * @param ended when its answer was there
   */
  record Answer(long began, long ended, int status) {}

  private final class Connection implements Runnable {
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Answer> answers = new ArrayList<>();
    private final Thread thread = new Thread(this, "load");
    private final URI collection;
    private final String who;
    private volatile long began = System.nanoTime();
    private volatile @Nullable Answer last;

    Connection(URI collection, String who) {
      this.collection = collection;
      this.who = who;
    }

    @Override
    public void run() {
      try {
        for (int i = 0; !ended; i++) {
          began = System.nanoTime();
          int status =
              client.send(request(i % 2 == 0), HttpResponse.BodyHandlers.discarding()).statusCode();
          Answer answer = new Answer(began, System.nanoTime(), status);
          synchronized (answers) {
            answers.add(answer);
          }
          last = answer;
        }
      } catch (Exception e) {
        throw new IllegalStateException(e); // the test then waits in vain
      }
    }

    private HttpRequest request(boolean count) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(collection + (count ? "/count" : "/get")))
              .header("Authorization", GuardedChroma.credentials(who))
              .header("Content-Type", "application/json")
              .header(Passage.MARK, String.valueOf(began));
      return count
          ? request.build()
          : request.POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    }
  }
}
