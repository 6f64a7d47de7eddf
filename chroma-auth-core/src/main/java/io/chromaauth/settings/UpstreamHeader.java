package io.chromaauth.settings;

/**
 * One header that every request to the upstream carries, such as the API key of a hosted Chroma.
 *
 * <p>The value is a secret: it is not part of {@link #toString()}.
 *
 * @param name the header's name, a token of RFC 9110 section 5.6.2
 * @param value the header's value, visible ASCII, not empty
 */
public record UpstreamHeader(String name, String value) {
  /** Refuses what can't be a header, without repeating the value. */
  public UpstreamHeader {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw new IllegalArgumentException("not a header name: '" + name + "'");
    }
    if (!value.matches("[!-~]([ -~]*[!-~])?")) {
      throw new IllegalArgumentException("header " + name + ": not a header value (not shown)");
    }
  }

  @Override
  public String toString() {
    return name + ": ***";
  }
}
