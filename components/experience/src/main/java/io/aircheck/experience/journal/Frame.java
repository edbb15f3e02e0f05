package io.aircheck.experience.journal;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a file: its length, a checksum of length and content (CRC-32C), and the content.
 * Nothing that a crash leaves behind has a right checksum, zeros neither: no frame is empty.
 */
final class Frame {
  /** Bytes before the content. */
  static final int HEADER = 8;

  /** A body and its attributes have less. */
  static final int MAX_CONTENT = 16 * 1024 * 1024;

  private static final int BODY = 1;
  private static final int ERASED = 2;

  private Frame() {}

  /** The bytes of an entry, with their header. */
  static byte[] of(JournalEntry entry) {
    return bytes(entry.arrival().receivedMillis(), entry);
  }

  /** The bytes of what remains of an entry that was erased: that there was one, and when. */
  static byte[] erased(long receivedMillis) {
    return bytes(receivedMillis, null);
  }

  private static byte[] bytes(long receivedMillis, @Nullable JournalEntry entry) {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(entry == null ? 32 : entry.body().length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(0); // the header, filled in below
      out.writeByte(entry == null ? ERASED : BODY);
      out.writeLong(receivedMillis);
      if (entry != null) {
        out.writeByte(entry.schema().code());
        out.writeUTF(entry.arrival().channel());
        out.writeShort(entry.arrival().attributes().size());
        for (Map.Entry<String, String> attribute : entry.arrival().attributes().entrySet()) {
          out.writeUTF(attribute.getKey());
          out.writeUTF(attribute.getValue());
        }
        out.write(entry.body());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("an attribute of more than 65535 bytes", e);
    }
    byte[] frame = bytes.toByteArray();
    int length = frame.length - HEADER;
    if (length > MAX_CONTENT) {
      throw new IllegalArgumentException("a body of " + length + " bytes");
    }
    ByteBuffer.wrap(frame).putInt(0, length).putInt(4, checksum(length, frame, HEADER));
    return frame;
  }

  /** The checksum of a content from some place of an array to its end. */
  static int checksum(int length, byte[] array, int from) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(4).putInt(0, length));
    checksum.update(array, from, length);
    return (int) checksum.getValue();
  }

  /** When the entry of a content came, milliseconds since the epoch. */
  static long receivedMillis(byte[] content) {
    return ByteBuffer.wrap(content).getLong(1);
  }

  /**
   * The entry of a content; null: it was erased.
   *
   * @throws IOException if it is of another version of the program
   */
  static @Nullable JournalEntry entry(byte[] content) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    int kind = in.readByte();
    long receivedMillis = in.readLong();
    if (kind == ERASED) {
      return null;
    }
    if (kind != BODY) {
      throw new IOException("an entry of kind " + kind + ", which this version does not know");
    }
    try {
      ReportSchema schema = ReportSchema.of(in.readByte());
      String channel = in.readUTF();
      Map<String, String> attributes = new HashMap<>();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        attributes.put(in.readUTF(), in.readUTF());
      }
      Arrival arrival = new Arrival(receivedMillis, channel, attributes);
      return new JournalEntry(schema, arrival, in.readAllBytes());
    } catch (IllegalArgumentException e) {
      throw new IOException("an entry that this version does not know: " + e.getMessage(), e);
    }
  }

  /**
   * The entry of a frame with its header.
   *
   * @throws IOException if it is none, is damaged, was erased, or is of another version of the
   *     program
   */
  static JournalEntry whole(byte[] frame) throws IOException {
    int length = frame.length - HEADER;
    if (length <= 0
        || ByteBuffer.wrap(frame).getInt(0) != length
        || ByteBuffer.wrap(frame).getInt(4) != checksum(length, frame, HEADER)) {
      throw new IOException("no entry, or a damaged one");
    }
    JournalEntry entry = entry(Arrays.copyOfRange(frame, HEADER, frame.length));
    if (entry == null) {
      throw new IOException("an entry that was erased");
    }
    return entry;
  }
}
