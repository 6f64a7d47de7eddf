package io.chromaauth.demo;

import io.chromaauth.settings.UpstreamSetting;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the start whether the upstream is there, whether it is a Chroma, and whether
 * strangers reach it; until it answers, once a second.
 */
final class UpstreamProbe {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String PROTECTED = "/api/v2/tenants/default_tenant";

  private final UpstreamSetting upstream;
  private boolean told;

  private UpstreamProbe(UpstreamSetting upstream) {
    this.upstream = upstream;
  }

  /** Looks in the background; never fails. */
  static void start(UpstreamSetting upstream) {
    Thread thread =
        new Thread(new UpstreamProbe(upstream)::lookUntilItAnswers, "chroma-auth-probe");
    thread.setDaemon(true);
    thread.start();
  }

  /** Looks once: what {@link #start} would warn of. */
  static List<String> look(UpstreamSetting upstream) {
    UpstreamProbe probe = new UpstreamProbe(upstream);
    try {
      return probe.doubts(probe.status());
    } catch (IOException e) {
      return List.of(probe.silence(e));
    }
  }

  private void lookUntilItAnswers() {
    try {
      while (!answers()) {
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    try {
      int status = status();
      if (told) {
        LOG.info("upstream {} answers", upstream);
      }
      doubts(status).forEach(LOG::warn);
      return true;
    } catch (IOException e) {
      if (!told) {
        LOG.warn(silence(e));
      }
      told = true;
      return false;
    }
  }

  /** Not by {@code java.net.http}, whose set-up would slow the first requests down. */
  private int status() throws IOException {
    HttpURLConnection stranger =
        (HttpURLConnection) URI.create(upstream.uri() + PROTECTED).toURL().openConnection();
    stranger.setConnectTimeout((int) PATIENCE.toMillis());
    stranger.setInstanceFollowRedirects(false);
    try {
      int status = inTime(stranger::getResponseCode);
      if (status < 0) {
        throw new ProtocolException("no HTTP");
      }
      return status;
    } finally {
      stranger.disconnect();
    }
  }

  /** Of a connection's own time-outs each waits for one byte only, and so for ever. */
  private static int inTime(Callable<Integer> asking) throws IOException {
    FutureTask<Integer> task = new FutureTask<>(asking);
    Thread thread = new Thread(task, "chroma-auth-probe-answer");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private List<String> doubts(int status) {
    if (status == 404) {
      return List.of(
          "upstream "
              + upstream
              + " answers 404 to GET "
              + PROTECTED
              + ": is it a Chroma, and its URL without /api/v2?");
    }
    if (status == 200 && !upstream.isLoopback()) {
      return List.of(
          "upstream "
              + upstream
              + " answers without credentials and is not on this machine: whoever reaches it goes"
              + " round chroma-auth; close it off");
    }
    return List.of();
  }

  private String silence(IOException e) {
    return "upstream "
        + upstream
        + " does not answer ("
        + reason(e)
        + "): requests get 503 until it does";
  }

  private static String reason(IOException e) {
    if (e instanceof SSLException) {
      return "no TLS there; is it http:// ?";
    }
    if (e instanceof SocketTimeoutException) {
      return "it is silent";
    }
    if (e instanceof UnknownHostException) {
      return "no such host";
    }
    if (e instanceof ProtocolException) {
      return "what it says is not HTTP";
    }
    return e instanceof ConnectException ? "nothing listens there" : e.getClass().getSimpleName();
  }
}
