package io.aircheck.core.net;

import io.aircheck.core.media.SafeUri;
import io.aircheck.core.net.OutboundPolicy.DeniedException;
import java.util.regex.Pattern;

/**
 * The host within an address. Programs differ in how they read strange addresses; what some read in
 * another way than we do is refused.
 */
final class HostName {
  /**
   * A backslash is a slash for browsers; spaces and controls are dropped by some, kept by others.
   */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\\\\\\s\\p{Cntrl}]");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+");

  /** Its last label is a number: an IPv4 address for the WHATWG URL standard and inet_aton. */
  private static final Pattern NUMERIC = Pattern.compile("(?i)(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

  /** The one spelling of IPv4 addresses on which all programs agree. */
  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]+");

  private HostName() {}

  /** The host of an address that has a scheme; for IPv6 without brackets and zone. */
  static String of(String uri) throws DeniedException {
    String shown = SafeUri.redact(uri);
    int start = uri.indexOf("://");
    String authority = start < 0 ? "" : uri.substring(start + 3).split("[/?#]", 2)[0];
    if (AMBIGUOUS.matcher(authority).find()) {
      throw new DeniedException(shown + ": there is a character in its host that cannot be there");
    }
    // udp://@239.1.1.1:5000 has an empty user: it says to receive, not to send.
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    if (hostAndPort.startsWith("[")) {
      int end = hostAndPort.indexOf(']');
      String address = end < 0 ? "" : hostAndPort.substring(1, end);
      if (!address.contains(":")) {
        throw new DeniedException(shown + ": its host in brackets is no IPv6 address");
      }
      return unambiguous(address, shown);
    }
    int colon = hostAndPort.indexOf(':');
    return unambiguous(colon < 0 ? hostAndPort : hostAndPort.substring(0, colon), shown);
  }

  /**
   * A host that everybody reads alike.
   *
   * @param shown what to call it in a message
   */
  static String unambiguous(String host, String shown) throws DeniedException {
    if (host.isEmpty()) {
      throw new DeniedException(shown + ": there is no host in it");
    }
    if (host.contains(":")) {
      // The zone says through which interface, not where to.
      int zone = host.indexOf('%');
      String address = zone < 0 ? host : host.substring(0, zone);
      if (!IPV6.matcher(address).matches()) {
        throw new DeniedException(shown + ": its host is no IPv6 address");
      }
      return address;
    }
    if (!NAME.matcher(host).matches()) {
      throw new DeniedException(shown + ": there is a character in its host that cannot be there");
    }
    if (NUMERIC.matcher(host).matches() && !IPV4.matcher(host).matches()) {
      throw new DeniedException(
          shown + ": its host is a number; write IPv4 addresses as four decimal numbers");
    }
    return host;
  }
}
