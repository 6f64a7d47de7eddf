package io.chromaauth.client;

import io.chromaauth.ConfigException;
import io.chromaauth.Secret;
import io.chromaauth.net.Fetch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access tokens that a program fetches in its own name (client credentials, RFC 6749, 4.4). One is
 * fetched when the first request needs it, and renewed before it expires, one request at a time;
 * while renewing fails, the old one is used to its end. Thread-safe; prints no secret.
 */
public final class OAuthCredentials implements ClientCredentials, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OAuthCredentials.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(5).toNanos();

  private final URI endpoint;
  private final String form;
  private final Map<String, String> headers;
  private final Fetch fetch = new Fetch("chroma-auth-token", PATIENCE);
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched current;

  private OAuthCredentials(Builder builder) {
    this.endpoint = builder.endpoint;
    this.form = builder.form();
    this.headers = builder.headers();
  }

  /**
   * Credentials of a client at a token endpoint.
   *
   * @param endpoint the {@code token_endpoint} of the provider's metadata
   */
  public static Builder at(URI endpoint, String clientId, Secret clientSecret) {
    return new Builder(endpoint, clientId, clientSecret);
  }

  /** What is asked for, and how. Not thread-safe. */
  public static final class Builder {
    private final URI endpoint;
    private final String clientId;
    private final Secret clientSecret;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private boolean inBody;

    private Builder(URI endpoint, String clientId, Secret clientSecret) {
      this.endpoint = endpoint;
      this.clientId = clientId;
      this.clientSecret = clientSecret;
    }

    /** Asks for scopes, with spaces between them. */
    public Builder scope(String scopes) {
      return parameter("scope", scopes);
    }

    /** Adds what a provider wants besides, such as {@code audience} or {@code resource}. */
    public Builder parameter(String name, String value) {
      parameters.put(name, value);
      return this;
    }

    /** Sends the client's id and secret in the form, for a provider that takes no HTTP Basic. */
    public Builder secretInBody() {
      inBody = true;
      return this;
    }

    /**
     * The credentials; nothing is fetched yet.
     *
     * @throws ConfigException if the endpoint is neither HTTPS nor this machine
     */
    public OAuthCredentials build() {
      if (!Fetch.isSafe(endpoint)) {
        throw new ConfigException(
            new ConfigException.Fault(
                "token endpoint",
                0,
                null,
                "another URL",
                "an https URL, or one of this machine",
                null));
      }
      return new OAuthCredentials(this);
    }

    private String form() {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("grant_type", "client_credentials");
      fields.putAll(parameters);
      if (inBody) {
        fields.put("client_id", clientId);
        fields.put("client_secret", clientSecret.reveal());
      }
      return fields.entrySet().stream()
          .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
          .collect(Collectors.joining("&"));
    }

    /** RFC 6749, 2.3.1: encoded as a form is, then as Basic. */
    private Map<String, String> headers() {
      String both = encode(clientId) + ":" + encode(clientSecret.reveal());
      byte[] bytes = both.getBytes(StandardCharsets.US_ASCII);
      return inBody
          ? Map.of()
          : Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /**
   * The header with a token that has not expired.
   *
   * @throws UncheckedIOException if there is none and none can be fetched
   */
  @Override
  public Map<String, String> headers() {
    Fetched known = current;
    long now = System.nanoTime();
    if (known == null || now - known.expires() >= 0) {
      return fetchNow();
    }
    if (now - known.renew() >= 0 && fetching.tryLock()) {
      try {
        renew(known);
      } finally {
        fetching.unlock();
      }
    }
    Fetched newest = current;
    return (newest == null ? known : newest).headers();
  }

  /** Ends its threads. */
  @Override
  public void close() {
    fetch.close();
  }

  @Override
  public String toString() {
    return "OAuthCredentials[" + endpoint.getHost() + "]";
  }

  private Map<String, String> fetchNow() {
    fetching.lock();
    try {
      Fetched known = current;
      if (known == null || System.nanoTime() - known.expires() >= 0) {
        known = fetch();
        current = known;
      }
      return known.headers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fetching.unlock();
    }
  }

  /** By one thread; the others go on with what there is. */
  private void renew(Fetched known) {
    if (!known.equals(current)) {
      return; // somebody else has
    }
    try {
      current = fetch();
    } catch (IOException e) {
      LOG.warn("the token could not be renewed and is used on: {}", e.getMessage());
      long later = System.nanoTime() + PAUSE_AFTER_FAILURE;
      current = new Fetched(known.headers(), later, known.expires());
    }
  }

  private Fetched fetch() throws IOException {
    long begin = System.nanoTime();
    try {
      TokenAnswer answer = TokenAnswer.of(fetch.post(endpoint, form, headers));
      long lifetime = answer.lifetime().toNanos();
      long lead = Math.min(Duration.ofMinutes(1).toNanos(), lifetime / 4);
      Map<String, String> header = ClientCredentials.bearer(answer.token()).headers();
      return new Fetched(header, begin + lifetime - lead, begin + lifetime);
    } catch (ConfigException e) { // without its cause: nothing of the answer is told
      throw new IOException("the token endpoint answers with a token that no header can hold");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * A token that was fetched.
   *
   * @param renew from when another is to be fetched
   * @param expires from when it is of no use
   */
  private record Fetched(Map<String, String> headers, long renew, long expires) {}
}
