package io.chromaauth.client;

import io.chromaauth.ConfigException;
import io.chromaauth.Secret;
import io.chromaauth.Settings;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a client shows to be let in, as headers of its requests.
 *
 * <p>The credentials made here are computed once, when they are first asked for, and print no
 * secret. Implement it for credentials that change, such as a token that is renewed: it is asked
 * for every request, on the thread that sends, from many threads at once.
 */
@FunctionalInterface
public interface ClientCredentials {
  /** The headers of the next request, name to value; never null. */
  Map<String, String> headers();

  /**
   * The headers, for a library that sends them itself with every request to this server.
   *
   * @throws ConfigException if they would go by plain HTTP to another machine; {@link #headers}
   *     does not ask
   */
  default Map<String, String> headersFor(URI server) {
    Origin.of(server).requireProtected("an https URL, or headers() where the network is trusted");
    return headers();
  }

  /**
   * HTTP Basic, as UTF-8.
   *
   * @throws ConfigException if the name or the password is not usable
   */
  static ClientCredentials basic(String user, Secret password) {
    return HeaderValue.basic(user, password);
  }

  /**
   * A token as {@code Authorization: Bearer}.
   *
   * @throws ConfigException if it is not printable ASCII without spaces
   */
  static ClientCredentials bearer(Secret token) {
    return HeaderValue.token(HeaderValue.AUTHORIZATION, token);
  }

  /**
   * A token as {@code X-Chroma-Token}.
   *
   * @throws ConfigException if it is not printable ASCII without spaces
   */
  static ClientCredentials chromaToken(Secret token) {
    return HeaderValue.token(HeaderValue.CHROMA_TOKEN, token);
  }

  /**
   * What Chroma's client settings name: {@code CHROMA_CLIENT_AUTH_PROVIDER}, {@code
   * CHROMA_CLIENT_AUTH_CREDENTIALS} and, for a token, {@code CHROMA_AUTH_TOKEN_TRANSPORT_HEADER}.
   *
   * @throws ConfigException with everything that is wrong with them, also if there are none
   */
  static ClientCredentials fromSettings(Settings settings) {
    return new ClientSettings(settings).credentials();
  }

  /**
   * Credentials that are fetched when the first request needs them, and then kept. If that fails,
   * the request fails with what was thrown, and the next one fetches again.
   */
  static ClientCredentials once(Supplier<ClientCredentials> source) {
    return new ComputedOnce(() -> source.get().headers());
  }
}
