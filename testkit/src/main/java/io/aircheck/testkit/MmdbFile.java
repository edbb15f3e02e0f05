package io.aircheck.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database of networks in the <a href="https://maxmind.github.io/MaxMind-DB/">MaxMind DB format
 * 2.0</a>: a binary tree over the bits of addresses, whose leaves point at records. IPv4 lies below
 * {@code ::/96} of a tree for IPv6. Maps that several records have are there once, as in those of
 * vendors. For one thread.
 */
public final class MmdbFile {
  private static final byte[] MARKER = {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF};
  private static final int POINTER_OF_32_BITS = 0x38;
  private static final int TEXT = 2;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;

  private final String type;
  private final int ipVersion;
  private final int recordBits;
  private final Node root = new Node();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Map<Object, Integer> written = new HashMap<>();

  /**
   * A database without networks.
   *
   * @param type as vendors name theirs, such as {@code GeoLite2-City}
   * @param ipVersion 4 or 6
   * @param recordBits of each half of a node: 24, 28 or 32
   */
  public MmdbFile(String type, int ipVersion, int recordBits) {
    this.type = type;
    this.ipVersion = ipVersion;
    this.recordBits = recordBits;
  }

  /** One for both kinds of addresses, as vendors make them. */
  public static MmdbFile of(String type) {
    return new MmdbFile(type, 6, 28);
  }

  /**
   * Adds a network. One that lies within another has to come after it.
   *
   * @param network such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}
   * @param record of texts, whole numbers (Integer: 16 bits, Long: 32, BigInteger: 64; without
   *     sign), lists, and maps by texts
   */
  public MmdbFile with(String network, Map<String, ?> record) {
    String[] parts = network.split("/", 2);
    byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
    int length = Integer.parseInt(parts[1]);
    int above = ipVersion == 6 && address.length == 4 ? 96 : 0;
    Node node = root;
    for (int i = 0; i < above + length - 1; i++) {
      node = node.inner(i < above ? 0 : bit(address, i - above));
    }
    node.halves[length == 0 ? 0 : bit(address, length - 1)] = new Leaf(place(record));
    return this;
  }

  /** Writes it. A file that is there is replaced at once. */
  public void write(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.write(beside, bytes());
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What a file of it holds. */
  public byte[] bytes() {
    List<Node> nodes = new ArrayList<>();
    number(root, nodes);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (Node node : nodes) {
      writeNode(file, value(node.halves[0], nodes.size()), value(node.halves[1], nodes.size()));
    }
    file.writeBytes(new byte[16]);
    file.writeBytes(data.toByteArray());
    file.writeBytes(MARKER);
    file.writeBytes("MaxMind.com".getBytes(UTF_8));
    write(
        file,
        Map.of(
            "binary_format_major_version",
            2,
            "binary_format_minor_version",
            0,
            "build_epoch",
            BigInteger.valueOf(1_795_000_000),
            "database_type",
            type,
            "description",
            Map.of("en", "made by a test"),
            "ip_version",
            ipVersion,
            "languages",
            List.of("en"),
            "node_count",
            (long) nodes.size(),
            "record_size",
            recordBits));
    return file.toByteArray();
  }

  private byte[] encoded(Map<?, ?> map) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writeControl(bytes, MAP, map.size());
    map.forEach(
        (name, value) -> {
          write(bytes, name);
          writeMember(bytes, value);
        });
    return bytes.toByteArray();
  }

  private void writeMember(ByteArrayOutputStream to, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        to.write(POINTER_OF_32_BITS);
        writeNumber(to, place(map), 4);
      }
      case List<?> list -> {
        writeControl(to, ARRAY, list.size());
        list.forEach(one -> writeMember(to, one));
      }
      default -> write(to, value);
    }
  }

  /** Where a map is in the data; it is written if it is not there yet. */
  private int place(Map<?, ?> map) {
    Integer before = written.get(map);
    if (before != null) {
      return before;
    }
    byte[] bytes = encoded(map); // writes what it points at
    int place = data.size();
    data.writeBytes(bytes);
    written.put(map, place);
    return place;
  }

  private static int bit(byte[] address, int index) {
    return address[index / 8] >> (7 - index % 8) & 1;
  }

  private static void number(Node node, List<Node> nodes) {
    node.index = nodes.size();
    nodes.add(node);
    for (Half half : node.halves) {
      if (half instanceof Node below) {
        number(below, nodes);
      }
    }
  }

  /** What stands for a half: a node, nothing, or a place in the data. */
  private static long value(@Nullable Half half, int nodes) {
    return switch (half) {
      case null -> nodes;
      case Node node -> node.index;
      case Leaf leaf -> nodes + 16L + leaf.offset;
    };
  }

  private void writeNode(ByteArrayOutputStream to, long left, long right) {
    if (recordBits == 28) {
      writeNumber(to, left, 3);
      to.write((int) (left >> 24 << 4 | right >> 24));
      writeNumber(to, right, 3);
    } else {
      writeNumber(to, left, recordBits / 8);
      writeNumber(to, right, recordBits / 8);
    }
  }

  private static void write(ByteArrayOutputStream to, Object value) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(UTF_8);
        writeControl(to, TEXT, bytes.length);
        to.writeBytes(bytes);
      }
      case Integer number -> {
        writeControl(to, UINT16, 2);
        writeNumber(to, number, 2);
      }
      case Long number -> {
        writeControl(to, UINT32, 4);
        writeNumber(to, number, 4);
      }
      case BigInteger number -> {
        writeControl(to, UINT64, 8);
        writeNumber(to, number.longValueExact(), 8);
      }
      case List<?> list -> {
        writeControl(to, ARRAY, list.size());
        list.forEach(one -> write(to, one));
      }
      case Map<?, ?> map -> {
        writeControl(to, MAP, map.size());
        map.forEach(
            (name, one) -> {
              write(to, name);
              write(to, one);
            });
      }
      default -> throw new IllegalArgumentException("no value of a record: " + value);
    }
  }

  /** What stands before a value: its type, and its size in bytes or members. */
  private static void writeControl(ByteArrayOutputStream to, int type, int size) {
    if (size >= 29 + 256) {
      throw new IllegalArgumentException("larger than tests need: " + size);
    }
    int first = type <= 7 ? type << 5 : 0;
    to.write(first | Math.min(size, 29));
    if (type > 7) {
      to.write(type - 7);
    }
    if (size >= 29) {
      to.write(size - 29);
    }
  }

  private static void writeNumber(ByteArrayOutputStream to, long number, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      to.write((int) (number >> (8 * i)));
    }
  }

  private sealed interface Half {}

  private record Leaf(int offset) implements Half {}

  private static final class Node implements Half {
    private final @Nullable Half[] halves = new @Nullable Half[2];
    private int index;

    /** The node below; a leaf that is there is shared by both of its halves. */
    private Node inner(int bit) {
      if (halves[bit] instanceof Node below) {
        return below;
      }
      Node below = new Node();
      below.halves[0] = halves[bit];
      below.halves[1] = halves[bit];
      halves[bit] = below;
      return below;
    }
  }
}
