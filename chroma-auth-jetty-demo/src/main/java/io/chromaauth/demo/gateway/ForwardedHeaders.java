package io.chromaauth.demo.gateway;

import io.chromaauth.settings.UpstreamHeader;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which of a client's headers go to the upstream. Immutable, for all threads.
 *
 * <p>{@code Host} is the upstream's own authority: the target is fixed, a name that a client made
 * up can't select a virtual host there, and a redirect made from it can be recognised. {@code
 * Content-Length} is written anew from the body that is sent. Names are compared after {@link
 * HeaderNames#fold(String)}.
 */
final class ForwardedHeaders {
  /** Ours to set, answered here, or believed by servers because a proxy is known to set it. */
  private static final Set<String> NEVER =
      Set.of(
          "host",
          "content-length",
          "expect",
          "forwarded",
          "via",
          "x-forwarded",
          "x-real-ip",
          "x-original-url",
          "x-rewrite-url",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-request-id");

  private final Set<String> hidden;
  private final HttpField host;
  private final @Nullable Supplier<UpstreamHeader> wanted;

  ForwardedHeaders(UpstreamOptions options) {
    Set<String> names = new HashSet<>(NEVER);
    names.addAll(HeaderNames.HOP_BY_HOP);
    names.addAll(HeaderNames.fold(options.credentialHeaders()));
    this.hidden = Set.copyOf(names);
    this.host = new PreEncodedHttpField(HttpHeader.HOST, options.url().getRawAuthority());
    this.wanted = options.header();
  }

  /**
   * Adds what is forwarded.
   *
   * @param from the client's headers as received
   * @param requestId our id of the request, or null to send none
   * @param to the headers of the request to the upstream
   */
  void copy(HttpFields from, @Nullable String requestId, HttpFields.Mutable to) {
    Set<String> listed = HeaderNames.listedInConnection(from);
    UpstreamHeader own = wanted == null ? null : wanted.get();
    String ownName = own == null ? null : HeaderNames.fold(own.name());
    to.add(host);
    for (HttpField field : from) {
      String name = HeaderNames.fold(field.getLowerCaseName());
      if (!isHidden(name) && !listed.contains(name) && !name.equals(ownName)) {
        to.add(field);
      }
    }
    if (requestId != null) {
      to.put(JsonAnswer.REQUEST_ID, requestId);
    }
    if (own != null) {
      to.put(own.name(), own.value());
    }
  }

  private boolean isHidden(String name) {
    return hidden.contains(name)
        || name.startsWith("x-forwarded-")
        || name.startsWith("x-chroma-auth-");
  }
}
