package io.chromaauth.demo.gateway;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Header names in the one spelling in which they are compared. */
final class HeaderNames {
  private static final String KEEP_ALIVE = "keep-alive";

  /** Headers that belong to one connection only: RFC 9110 section 7.6.1, and older ones. */
  static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "http2-settings",
          KEEP_ALIVE,
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderNames() {}

  /** Lower case, and {@code _} as {@code -}, as servers behind may read it (CVE-2025-64484). */
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of them folded. */
  static Set<String> fold(Set<String> names) {
    Set<String> folded = new HashSet<>();
    names.forEach(name -> folded.add(fold(name)));
    return Set.copyOf(folded);
  }

  /**
   * What these headers' {@code Connection} lists, folded; usually nothing. A lone {@code
   * keep-alive}, which many clients send with each request, counts as nothing: that header is one
   * of {@link #HOP_BY_HOP} anyway.
   */
  static Set<String> listedInConnection(HttpFields headers) {
    for (HttpField field : headers) {
      if (field.getHeader() == HttpHeader.CONNECTION
          && !KEEP_ALIVE.equalsIgnoreCase(field.getValue())) {
        return fold(Set.copyOf(headers.getCSV(HttpHeader.CONNECTION, false)));
      }
    }
    return Set.of();
  }
}
