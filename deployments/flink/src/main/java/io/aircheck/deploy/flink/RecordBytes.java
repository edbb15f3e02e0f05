package io.aircheck.deploy.flink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Records of one type as arrays of bytes with a version. Thread-safe. */
public record RecordBytes<T>(Class<T> type) implements SimpleVersionedSerializer<T> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RecordCodec.write(new DataOutputStream(bytes), type, value);
    return bytes.toByteArray();
  }

  @Override
  public T deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(type.getSimpleName() + " of version " + version);
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return Objects.requireNonNull(type.cast(RecordCodec.read(in, type)));
  }
}
