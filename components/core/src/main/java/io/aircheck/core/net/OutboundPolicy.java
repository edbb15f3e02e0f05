package io.aircheck.core.net;

import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SafeUri;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where addresses that users give may point at, so that the service cannot be used to reach what
 * only its own machine reaches. Link-local addresses, and with them the metadata services of
 * clouds, are never allowed; loopback and private ones only where that is said; files only below
 * folders that are named. Immutable, thread-safe.
 *
 * <p>Names are resolved at each call: ask right before connecting, and again after a redirect.
 */
public final class OutboundPolicy {
  /** Addresses at which clouds serve metadata outside of the link-local range. */
  private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

  private final Set<String> schemes;
  private final boolean privateNetworks;
  private final List<Path> folders;
  private final Resolver resolver;

  /** Looks names up. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** An address is not allowed; the message says what to do, without secrets. */
  public static final class DeniedException extends IOException {
    private static final long serialVersionUID = 1L;

    DeniedException(String message) {
      super(message);
    }
  }

  /**
   * @param schemes schemes of addresses, lower case; {@code file} stands for plain paths too
   * @param privateNetworks whether loopback and private addresses are allowed
   * @param folders folders below which files may be read
   */
  public OutboundPolicy(Set<String> schemes, boolean privateNetworks, List<Path> folders) {
    this(schemes, privateNetworks, folders, InetAddress::getAllByName);
  }

  OutboundPolicy(
      Set<String> schemes, boolean privateNetworks, List<Path> folders, Resolver resolver) {
    this.schemes = new TreeSet<>(schemes);
    this.privateNetworks = privateNetworks;
    this.folders = List.copyOf(folders);
    this.resolver = resolver;
  }

  /**
   * Refuses an address that is not allowed, by its scheme, by the folder of its file or by what its
   * host resolves to now. A host that cannot be resolved is left to whoever connects.
   *
   * @throws DeniedException one line that says what is wrong and what to do
   */
  public void check(String uri) throws DeniedException {
    String scheme = MediaSources.schemeOf(uri);
    if (!schemes.contains(scheme)) {
      throw new DeniedException(
          "%s: addresses of scheme %s are not allowed; allowed are %s (outbound.schemes)"
              .formatted(SafeUri.redact(uri), scheme, String.join(", ", schemes)));
    }
    if (scheme.equals("file")) {
      checkFile(uri);
      return;
    }
    String host = hostOf(uri);
    if (host == null) {
      throw new DeniedException(SafeUri.redact(uri) + ": there is no host in it");
    }
    InetAddress[] addresses;
    try {
      addresses = resolver.resolve(host);
    } catch (UnknownHostException e) {
      return;
    }
    for (InetAddress address : addresses) {
      checkAddress(uri, address);
    }
  }

  /** Whether connections to an address are allowed, however it was come by. */
  public boolean allows(InetAddress address) {
    return !isNever(address) && (privateNetworks || !isPrivate(address));
  }

  private void checkAddress(String uri, InetAddress address) throws DeniedException {
    if (isNever(address)) {
      throw new DeniedException(
          "%s: points at %s, a link-local or metadata address, which is never allowed"
              .formatted(SafeUri.redact(uri), address.getHostAddress()));
    }
    if (!privateNetworks && isPrivate(address)) {
      throw new DeniedException(
          "%s: points at %s, a loopback or private address; set outbound.private to allow it"
              .formatted(SafeUri.redact(uri), address.getHostAddress()));
    }
  }

  private void checkFile(String uri) throws DeniedException {
    Path file;
    try {
      Path named = uri.startsWith("file:") ? Path.of(URI.create(uri)) : Path.of(uri);
      // Links are followed, so that one below a folder does not lead out of it.
      file = named.toRealPath();
    } catch (IOException e) {
      // One that is not there says nothing, as long as its name leads nowhere else.
      file = Path.of(uri.startsWith("file:") ? URI.create(uri).getPath() : uri);
      file = file.toAbsolutePath().normalize();
    } catch (IllegalArgumentException e) {
      throw new DeniedException(SafeUri.redact(uri) + ": is no path of a file");
    }
    for (Path folder : folders) {
      if (file.startsWith(real(folder))) {
        return;
      }
    }
    throw new DeniedException(
        "%s: files may only be read below %s (outbound.files)"
            .formatted(uri, folders.isEmpty() ? "folders that are named, and none is" : folders));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize();
    }
  }

  private static @Nullable String hostOf(String uri) {
    try {
      String host = URI.create(uri).getHost();
      if (host != null) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      }
    } catch (IllegalArgumentException e) {
      // Looked at by hand: udp://@239.1.1.1:5000 is no URI by the letter.
    }
    String rest = uri.substring(uri.indexOf("://") + 3);
    String authority = rest.split("[/?#]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? null : host.substring(1, end);
    }
    int colon = host.lastIndexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    return name.isEmpty() ? null : name;
  }

  private static boolean isNever(InetAddress address) {
    InetAddress plain = unmapped(address);
    return plain.isLinkLocalAddress() || METADATA.contains(plain.getHostAddress());
  }

  private static boolean isPrivate(InetAddress address) {
    InetAddress plain = unmapped(address);
    if (plain.isLoopbackAddress() || plain.isSiteLocalAddress() || plain.isAnyLocalAddress()) {
      return true;
    }
    byte[] bytes = plain.getAddress();
    return plain instanceof Inet4Address
        // Shared address space of carriers, RFC 6598: 100.64.0.0/10.
        ? bytes[0] == 100 && (bytes[1] & 0xc0) == 64
        // Unique local addresses, RFC 4193: fc00::/7.
        : (bytes[0] & 0xfe) == 0xfc;
  }

  /** The IPv4 address within an IPv6 one that stands for it: mapped, or NAT64 (RFC 6052). */
  private static InetAddress unmapped(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff
        && (bytes[3] & 0xff) == 0x9b;
    if (!nat64) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
