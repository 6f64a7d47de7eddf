package io.chromaauth;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** The headers of one request, as an {@link AuthenticationProvider} may see them. */
public interface RequestHeaders {
  /**
   * All values of a header in the order in which they were sent, one per field line; empty if there
   * is none.
   *
   * @param name the field's name, in any case (RFC 9110, 5.1)
   */
  List<String> values(String name);

  /**
   * The address that the request comes from, by which guesses are counted; an empty text if it is
   * not known. Empty unless overridden.
   */
  default String source() {
    return "";
  }

  /**
   * The principal that the container itself has authenticated; only a servlet adapter has one.
   * Empty unless overridden.
   */
  default Optional<Principal> containerPrincipal() {
    return Optional.empty();
  }
}
