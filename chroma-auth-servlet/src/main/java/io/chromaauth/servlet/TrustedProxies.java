package io.chromaauth.servlet;

import io.chromaauth.settings.Names;
import io.chromaauth.settings.SettingReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proxies whose {@code X-Forwarded-For} is believed ({@code CHROMA_AUTH_TRUSTED_PROXIES}); by
 * default none. Immutable.
 *
 * @param ranges CIDRs
 */
record TrustedProxies(List<Range> ranges) {
  static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final String NUMBER = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final String FOUR_NUMBERS = NUMBER + "(\\." + NUMBER + "){3}";

  /** As Java takes for an address of version 6, right or not; anything else it might look up. */
  private static final String SIX = "[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}";

  private static final Pattern WITH_PORT =
      Pattern.compile("(" + FOUR_NUMBERS + "|\\[" + SIX + "]):\\d{1,5}");

  TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /** The ranges of the setting, commas or blanks between them, after noting what is wrong. */
  static TrustedProxies read(SettingReader reader) {
    List<Range> ranges = new ArrayList<>();
    Optional<String> value = reader.text(Names.TRUSTED_PROXIES);
    for (String text : value.map(v -> v.strip().split("[ ,]+", -1)).orElse(new String[0])) {
      Optional<Range> range = Range.parse(text);
      if (range.isEmpty()) {
        String expected = "networks such as 10.0.0.0/8, fd00::/8, or addresses";
        reader.fault(Names.TRUSTED_PROXIES, "'" + text + "'", expected);
      }
      range.ifPresent(ranges::add);
    }
    return new TrustedProxies(ranges);
  }

  /**
   * The client's address: the peer's own, unless that is a trusted proxy; then, from the right, the
   * first one that is none, or the last that can be read.
   *
   * @param peer the address of the connection
   * @param forwardedFor all values of {@code X-Forwarded-For}
   */
  String client(String peer, List<String> forwardedFor) {
    if (ranges.isEmpty() || !contain(peer)) {
      return peer;
    }
    List<String> hops = new ArrayList<>();
    forwardedFor.forEach(value -> hops.addAll(List.of(value.split(",", -1))));
    Collections.reverse(hops);
    String last = peer;
    for (String hop : hops) {
      String address = withoutPort(hop.strip());
      if (bytes(address).isEmpty()) {
        return last; // what stands further left says who wrote this
      }
      last = address;
      if (!contain(last)) {
        return last;
      }
    }
    return last;
  }

  /** An address as guesses are counted: of IPv6 the 64 bits that one customer has. */
  static String source(String address) {
    if (address.indexOf(':') < 0) {
      return address; // no IPv6, without a closer look
    }
    Optional<byte[]> bytes = bytes(address);
    if (bytes.isEmpty() || bytes.get().length == 4) {
      return address;
    }
    StringBuilder prefix = new StringBuilder("v6:");
    for (int i = 0; i < 8; i++) {
      prefix.append(Integer.toHexString(bytes.get()[i] & 0xFF)).append('.');
    }
    return prefix.toString();
  }

  /** Some proxies write the client's port too. */
  private static String withoutPort(String hop) {
    Matcher port = WITH_PORT.matcher(hop);
    return port.matches() ? port.group(1) : hop;
  }

  private boolean contain(String address) {
    Optional<byte[]> bytes = bytes(address);
    return bytes.isPresent() && ranges.stream().anyMatch(range -> range.contains(bytes.get()));
  }

  /** Of a literal only: no name is ever looked up. */
  private static Optional<byte[]> bytes(String address) {
    String plain =
        address.startsWith("[") && address.endsWith("]")
            ? address.substring(1, address.length() - 1)
            : address;
    boolean literal =
        plain.matches(FOUR_NUMBERS) || (plain.indexOf(':') >= 0 && plain.matches(SIX));
    if (!literal) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(plain).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * A CIDR.
   *
   * @param address its first address
   * @param bits how many of them count
   */
  @SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
  record Range(byte[] address, int bits) {
    static Optional<Range> parse(String text) {
      int slash = text.indexOf('/');
      Optional<byte[]> address = bytes(slash < 0 ? text : text.substring(0, slash));
      String length = slash < 0 ? "" : text.substring(slash + 1);
      if (address.isEmpty() || (slash >= 0 && !length.matches("\\d{1,3}"))) {
        return Optional.empty();
      }
      int all = address.get().length * 8;
      int bits = slash < 0 ? all : Integer.parseInt(length);
      return bits > all ? Optional.empty() : Optional.of(new Range(address.get(), bits));
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
