package io.aircheck.experience.report;

import org.jspecify.annotations.Nullable;

/**
 * How the request of an object went, as the player saw it.
 *
 * @param host it was asked from, without port; null when not told
 * @param path of its address, without query; null when not told
 * @param status HTTP status; 0: no answer; -1: not told
 * @param firstByteMillis from the request to the first byte of the answer; -1: not told
 * @param lastByteMillis from the request to the last byte; -1: not told
 */
public record Delivery(
    @Nullable String host,
    @Nullable String path,
    int status,
    long firstByteMillis,
    long lastByteMillis) {
  private static final int LONGEST_PATH = 1024;

  /** How the request of an address went; the address may be relative. */
  public static Delivery of(
      @Nullable String address, int status, long firstByteMillis, long lastByteMillis) {
    if (address == null) {
      return new Delivery(null, null, status, firstByteMillis, lastByteMillis);
    }
    int end = end(address);
    int scheme = address.indexOf("://");
    int host = scheme < 0 || scheme > end ? -1 : scheme + 3;
    int path = host < 0 ? 0 : address.indexOf('/', host);
    path = path < 0 || path > end ? end : path;
    return new Delivery(
        host < 0 ? null : host(address.substring(host, path)),
        path == end || end - path > LONGEST_PATH ? null : address.substring(path, end),
        status,
        firstByteMillis,
        lastByteMillis);
  }

  /** Where query or fragment start. */
  private static int end(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == '?' || address.charAt(i) == '#') {
        return i;
      }
    }
    return address.length();
  }

  private static @Nullable String host(String authority) {
    String host = authority.substring(authority.indexOf('@') + 1);
    int port = host.lastIndexOf(':');
    if (port >= 0 && port > host.lastIndexOf(']')) {
      host = host.substring(0, port);
    }
    return host.isEmpty() ? null : host;
  }
}
