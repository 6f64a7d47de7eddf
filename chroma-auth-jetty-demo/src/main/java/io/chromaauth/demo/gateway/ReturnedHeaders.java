package io.chromaauth.demo.gateway;

import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Chooses which of the upstream's headers go to the client. Immutable, for all threads. */
final class ReturnedHeaders {
  private static final String CORS_PREFIX = "access-control-";
  private static final String REQUEST_ID = HeaderNames.fold(JsonAnswer.REQUEST_ID);

  private final String base;

  ReturnedHeaders(UpstreamOptions options) {
    this.base = options.origin() + options.pathPrefix();
  }

  /**
   * Adds what is passed on to headers that a filter or the CORS layer may have begun.
   *
   * @param from the upstream's headers
   * @param to the headers of the answer to the client
   */
  void copy(HttpFields from, HttpFields.Mutable to) {
    Set<String> listed = HeaderNames.listedInConnection(from);
    boolean ownId = to.contains(JsonAnswer.REQUEST_ID);
    for (HttpField field : from) {
      String name = field.getLowerCaseName();
      if (isKept(name, ownId) && !listed.contains(HeaderNames.fold(name))) {
        add(field, to);
      }
    }
  }

  private static boolean isKept(String name, boolean ownId) {
    return !HeaderNames.HOP_BY_HOP.contains(name)
        && !name.startsWith(CORS_PREFIX)
        && !name.equals("server")
        && !(ownId && name.equals(REQUEST_ID));
  }

  private void add(HttpField field, HttpFields.Mutable to) {
    if (field.getHeader() == HttpHeader.DATE) {
      to.put(field); // Jetty has already written one
    } else if (field.getHeader() == HttpHeader.LOCATION) {
      to.add(HttpHeader.LOCATION, relative(field.getValue()));
    } else {
      to.add(field);
    }
  }

  /** A redirect to the upstream itself, which clients can't reach, without scheme and host. */
  private String relative(String location) {
    String path = location.startsWith(base) ? location.substring(base.length()) : "";
    // what begins with two slashes would name a host
    return path.startsWith("/") && !path.startsWith("//") ? path : location;
  }
}
