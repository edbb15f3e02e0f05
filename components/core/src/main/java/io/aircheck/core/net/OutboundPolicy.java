package io.aircheck.core.net;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.AddressTerms;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SafeUri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where addresses that users give may point at, so that the service cannot be used to reach what
 * only its own machine reaches. Link-local addresses, and with them the metadata services of
 * clouds, are never allowed; loopback and private ones only where that is said; files only below
 * folders that are named. Immutable, thread-safe.
 *
 * <p>Names are resolved at each call: ask right before connecting, and again after a redirect. An
 * address that programs read in different ways is refused: what was checked must be what is
 * connected to.
 */
public final class OutboundPolicy implements AddressRule {
  private final Set<String> schemes;
  private final boolean privateNetworks;
  private final AllowedFolders folders;
  private final Resolver resolver;

  /** Looks names up. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** An address is not allowed; the message says what to do, without secrets. */
  public static final class DeniedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    DeniedException(String reason) {
      super(reason);
      this.reason = reason;
    }

    /** The message. */
    public String reason() {
      return reason;
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

  /** The policy that goes by terms. */
  public static OutboundPolicy of(AddressTerms terms) {
    return new OutboundPolicy(
        Set.copyOf(terms.schemes()),
        terms.privateNetworks(),
        terms.folders().stream().map(Path::of).toList());
  }

  OutboundPolicy(
      Set<String> schemes, boolean privateNetworks, List<Path> folders, Resolver resolver) {
    this.schemes = new TreeSet<>(schemes);
    this.privateNetworks = privateNetworks;
    this.folders = new AllowedFolders(folders);
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
      folders.check(uri);
    } else {
      checkHost(HostName.of(uri), SafeUri.redact(uri));
    }
  }

  @Override
  public Optional<String> refusal(String uri) {
    try {
      check(uri);
      return Optional.empty();
    } catch (DeniedException e) {
      return Optional.of(e.reason());
    }
  }

  @Override
  public Optional<AddressTerms> terms() {
    return Optional.of(
        new AddressTerms(
            List.copyOf(schemes),
            privateNetworks,
            folders.folders().stream().map(Path::toString).toList()));
  }

  /**
   * Refuses a host that is not allowed, as {@link #check} does.
   *
   * @param host name or address, without port
   * @throws DeniedException one line that says what is wrong and what to do
   */
  public void checkHost(String host) throws DeniedException {
    checkHost(HostName.unambiguous(host, host), host);
  }

  private void checkHost(String host, String shown) throws DeniedException {
    InetAddress[] addresses;
    try {
      addresses = resolver.resolve(host);
    } catch (UnknownHostException e) {
      return;
    }
    for (InetAddress address : addresses) {
      checkAddress(address, shown);
    }
  }

  private void checkAddress(InetAddress address, String shown) throws DeniedException {
    switch (Reach.of(address)) {
      case NEVER ->
          throw new DeniedException(
              "%s: points at %s, a link-local or metadata address, which is never allowed"
                  .formatted(shown, address.getHostAddress()));
      case PRIVATE -> {
        if (!privateNetworks) {
          throw new DeniedException(
              "%s: points at %s, a loopback or private address; set outbound.private to allow it"
                  .formatted(shown, address.getHostAddress()));
        }
      }
      case PUBLIC -> {}
    }
  }

  /** Whether connections to an address are allowed, however it was come by. */
  public boolean allows(InetAddress address) {
    return switch (Reach.of(address)) {
      case NEVER -> false;
      case PRIVATE -> privateNetworks;
      case PUBLIC -> true;
    };
  }
}
