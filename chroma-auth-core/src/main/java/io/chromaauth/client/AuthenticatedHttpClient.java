package io.chromaauth.client;

import io.chromaauth.ConfigException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * An {@link HttpClient} that adds credentials to each request, for one server only.
 *
 * <p>A request to another origin is an {@link IllegalArgumentException}. Redirects are never
 * followed: the answer 3xx is returned as it is, so that no server can lead credentials elsewhere.
 * A header of the same name in the request gives way to that of the credentials. No WebSockets.
 * Thread-safe; prints no secret.
 */
public final class AuthenticatedHttpClient extends HttpClient {
  private final HttpClient client;
  private final Origin server;
  private final ClientCredentials credentials;

  private AuthenticatedHttpClient(HttpClient client, Origin server, ClientCredentials credentials) {
    this.client = client;
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * A client for the Chroma at this URL, of which scheme, host and port count.
   *
   * @throws ConfigException if it is not an HTTP URL, or plain HTTP to another machine
   */
  public static AuthenticatedHttpClient of(URI server, ClientCredentials credentials) {
    return builder(server, credentials).build();
  }

  /**
   * The same, with more to say.
   *
   * @throws ConfigException if it is not an HTTP URL
   */
  public static Builder builder(URI server, ClientCredentials credentials) {
    return new Builder(Origin.of(server), credentials);
  }

  /** The server, and how it is to be reached. Not thread-safe. */
  public static final class Builder {
    private final Origin server;
    private final ClientCredentials credentials;
    private @Nullable HttpClient client;
    private boolean plainHttp;

    private Builder(Origin server, ClientCredentials credentials) {
      this.server = server;
      this.credentials = credentials;
    }

    /** Sends the requests with this client, which must not follow redirects. */
    public Builder client(HttpClient sender) {
      if (sender.followRedirects() != Redirect.NEVER) {
        throw new IllegalArgumentException(
            "the client would take credentials along a redirect: build it with Redirect.NEVER");
      }
      client = sender;
      return this;
    }

    /** Lets credentials go by plain HTTP to another machine: the network is trusted. */
    public Builder allowPlainHttp() {
      plainHttp = true;
      return this;
    }

    /**
     * The client.
     *
     * @throws ConfigException if credentials would go by plain HTTP to another machine
     */
    public AuthenticatedHttpClient build() {
      if (!plainHttp) {
        server.requireProtected("an https URL, or allowPlainHttp() where the network is trusted");
      }
      HttpClient sender = client == null ? HttpClient.newHttpClient() : client;
      return new AuthenticatedHttpClient(sender, server, credentials);
    }
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(authenticated(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return client.sendAsync(authenticated(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushed) {
    return client.sendAsync(authenticated(request), handler, pushed);
  }

  private HttpRequest authenticated(HttpRequest request) {
    Origin origin = Origin.of(request.uri());
    if (!origin.equals(server)) {
      throw new IllegalArgumentException("credentials for " + server + " asked for by " + origin);
    }
    HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
    for (Map.Entry<String, String> header : credentials.headers().entrySet()) {
      set(builder, header.getKey(), header.getValue());
    }
    return builder.build();
  }

  private static void set(HttpRequest.Builder builder, String name, String value) {
    try {
      builder.setHeader(name, value);
    } catch (IllegalArgumentException e) { // its message and the cause hold the value
      throw new IllegalStateException("the credentials are no value of a header '" + name + "'");
    }
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  @Override
  public String toString() {
    return "AuthenticatedHttpClient[" + server + "]";
  }
}
