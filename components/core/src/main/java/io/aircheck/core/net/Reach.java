package io.aircheck.core.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * From where an address can be reached.
 *
 * <p>Sources: IANA special-purpose address registries (RFC 6890 and successors); documentation of
 * the clouds for their metadata services.
 */
enum Reach {
  /** Link-local, or the metadata service of a cloud: credentials of this very machine. */
  NEVER,
  /** Loopback, private, shared, multicast, reserved: what others cannot reach. */
  PRIVATE,
  /** The internet. */
  PUBLIC;

  private static final List<Block> METADATA =
      List.of(
          // Alibaba; Azure; Oracle. The usual 169.254.169.254 is link-local.
          Block.of("100.100.100.200/32"),
          Block.of("168.63.129.16/32"),
          Block.of("192.0.0.192/32"),
          // Amazon; Google.
          Block.of("fd00:ec2::254/128"),
          Block.of("fd20:ce::254/128"));

  private static final List<Block> LINK_LOCAL =
      List.of(Block.of("169.254.0.0/16"), Block.of("fe80::/10"));

  private static final List<Block> NOT_PUBLIC =
      List.of(
          // "This network", of which 0.0.0.0 is the machine itself.
          Block.of("0.0.0.0/8"),
          Block.of("10.0.0.0/8"),
          // Shared address space of carriers, RFC 6598.
          Block.of("100.64.0.0/10"),
          Block.of("127.0.0.0/8"),
          Block.of("172.16.0.0/12"),
          Block.of("192.0.0.0/24"),
          Block.of("192.168.0.0/16"),
          // Benchmarks of network devices, RFC 2544.
          Block.of("198.18.0.0/15"),
          // Multicast, reserved, broadcast.
          Block.of("224.0.0.0/3"),
          // Unspecified and loopback.
          Block.of("::/127"),
          // Unique local, RFC 4193; site-local, RFC 3879.
          Block.of("fc00::/7"),
          Block.of("fec0::/10"),
          // Local translation to IPv4, RFC 8215.
          Block.of("64:ff9b:1::/48"),
          Block.of("ff00::/8"));

  /** IPv6 addresses that stand for an IPv4 one, and where in them that is. */
  private record Embedding(Block block, int offset) {}

  private static final List<Embedding> EMBEDDINGS =
      List.of(
          // NAT64, RFC 6052 and RFC 8215.
          new Embedding(Block.of("64:ff9b::/32"), 12),
          // 6to4, RFC 3056.
          new Embedding(Block.of("2002::/16"), 2),
          // IPv4-compatible, RFC 4291.
          new Embedding(Block.of("::/96"), 12));

  /** Where an address can be reached from; of one that stands for another, the stricter of both. */
  static Reach of(InetAddress address) {
    byte[] bytes = address.getAddress();
    Reach own = ofBytes(bytes);
    if (address instanceof Inet4Address) {
      return own;
    }
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.block().contains(bytes)) {
        int offset = embedding.offset();
        Reach inner = ofBytes(Arrays.copyOfRange(bytes, offset, offset + 4));
        return own.compareTo(inner) < 0 ? own : inner;
      }
    }
    return own;
  }

  private static Reach ofBytes(byte[] bytes) {
    if (contains(METADATA, bytes) || contains(LINK_LOCAL, bytes)) {
      return NEVER;
    }
    return contains(NOT_PUBLIC, bytes) ? PRIVATE : PUBLIC;
  }

  private static boolean contains(List<Block> blocks, byte[] bytes) {
    return blocks.stream().anyMatch(block -> block.contains(bytes));
  }

  /** Addresses that begin alike. */
  private record Block(byte[] start, int bits) {
    static Block of(String text) {
      int slash = text.indexOf('/');
      try {
        return new Block(
            InetAddress.getByName(text.substring(0, slash)).getAddress(),
            Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("no block of addresses: " + text, e);
      }
    }

    boolean contains(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
