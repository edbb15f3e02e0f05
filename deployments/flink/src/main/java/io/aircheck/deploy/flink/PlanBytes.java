package io.aircheck.deploy.flink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What the enumerator remembers as bytes. A checkpoint is taken every other second and orders
 * change seldom: those of the last one are not made anew, kilobytes for each stream. Not
 * thread-safe.
 */
final class PlanBytes implements SimpleVersionedSerializer<Plan> {
  private static final int VERSION = 1;
  private static final RecordBytes<Orders> ORDERS = new RecordBytes<>(Orders.class);
  private static final RecordBytes<StreamSplit> SPLITS = new RecordBytes<>(StreamSplit.class);

  private Orders known = Orders.NONE;
  private byte[] knownBytes = {};

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // comparing them would cost what is to be saved
  public byte[] serialize(Plan plan) throws IOException {
    if (knownBytes.length == 0 || plan.orders() != known) {
      knownBytes = ORDERS.serialize(plan.orders());
      known = plan.orders();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(knownBytes.length + 64);
    DataOutputStream out = new DataOutputStream(bytes);
    write(out, knownBytes);
    out.writeInt(plan.waiting().size());
    for (StreamSplit split : plan.waiting()) {
      write(out, SPLITS.serialize(split));
    }
    return bytes.toByteArray();
  }

  @Override
  public Plan deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Plan of version " + version);
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Orders orders = ORDERS.deserialize(ORDERS.getVersion(), read(in));
    List<StreamSplit> waiting = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      waiting.add(SPLITS.deserialize(SPLITS.getVersion(), read(in)));
    }
    return new Plan(orders, waiting);
  }

  private static void write(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a part of %d bytes of %d".formatted(length, in.available()));
    }
    return in.readNBytes(length);
  }
}
