package io.chromaauth.demo.gateway;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request whose method and target go out byte for byte.
 *
 * <p>Jetty's own class upper-cases the method and sends the target through {@link URI}, which
 * refuses legal HTTP such as {@code ?q={}}.
 */
final class RawRequest extends HttpRequest {
  private final String method;
  private final RawTarget target;

  RawRequest(HttpClient client, URI upstream, String method, RawTarget target) {
    super(client, new HttpConversation(), upstream);
    this.method = method;
    this.target = target;
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getPath() {
    return target.path();
  }

  @Override
  public @Nullable String getQuery() {
    return target.query();
  }

  /** None: a target need not be a {@link URI}. Jetty asks for cookies, which are not kept. */
  @Override
  public @Nullable URI getURI() {
    return null;
  }
}
