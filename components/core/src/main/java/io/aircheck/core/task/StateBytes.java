package io.aircheck.core.task;

import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * State as bytes, in the format of {@link java.io.DataOutputStream}. A task in a cluster writes
 * some hundred kilobytes of single numbers each second, for which a stream that locks and checks
 * for each of them takes several times as long. Not thread-safe.
 */
final class StateBytes extends OutputStream implements DataOutput {
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private static final Spares<StateBytes> SPARES = new Spares<>();

  private byte[] bytes;
  private int size;

  /** Writes a part of a state. */
  @FunctionalInterface
  interface Part {
    void write(DataOutput state) throws IOException;
  }

  /**
   * @param expected bytes that there is room for at once; positive
   */
  StateBytes(int expected) {
    this.bytes = new byte[expected];
  }

  private static VarHandle view(Class<?> numbers) {
    return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.BIG_ENDIAN);
  }

  /** An empty one, which may have been used before: most of what a state costs is new memory. */
  static StateBytes spare() {
    StateBytes spare = SPARES.take();
    return spare == null ? new StateBytes(1024) : spare;
  }

  /** Somebody else may have it; it and its {@link #view} are not to be used any more. */
  void giveBack() {
    size = 0;
    SPARES.giveBack(this);
  }

  /** What was written, not copied. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes a part with its length in bytes before it. */
  void writeFramed(Part part) throws IOException {
    writeInt(0);
    int from = size;
    part.write(this);
    INTS.set(bytes, from - Integer.BYTES, size - from);
  }

  /** Where so many bytes go, which count as written. */
  private int advance(int count) {
    int at = size;
    if (count > bytes.length - at) {
      bytes = Arrays.copyOf(bytes, Math.addExact(Math.max(bytes.length, count), bytes.length));
    }
    size = at + count;
    return at;
  }

  @Override
  public void write(int value) {
    // In this order: the array may become another one.
    int at = advance(1);
    bytes[at] = (byte) value;
  }

  @Override
  public void write(byte[] values) {
    write(values, 0, values.length);
  }

  @Override
  public void write(byte[] values, int offset, int length) {
    int at = advance(length);
    System.arraycopy(values, offset, bytes, at, length);
  }

  @Override
  public void writeBoolean(boolean value) {
    write(value ? 1 : 0);
  }

  @Override
  public void writeByte(int value) {
    write(value);
  }

  @Override
  public void writeShort(int value) {
    int at = advance(Short.BYTES);
    SHORTS.set(bytes, at, (short) value);
  }

  @Override
  public void writeChar(int value) {
    writeShort(value);
  }

  @Override
  public void writeInt(int value) {
    int at = advance(Integer.BYTES);
    INTS.set(bytes, at, value);
  }

  @Override
  public void writeLong(long value) {
    int at = advance(Long.BYTES);
    LONGS.set(bytes, at, value);
  }

  @Override
  public void writeFloat(float value) {
    writeInt(Float.floatToIntBits(value));
  }

  @Override
  public void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  @Override
  public void writeBytes(String text) throws IOException {
    new DataOutputStream(this).writeBytes(text);
  }

  @Override
  public void writeChars(String text) throws IOException {
    new DataOutputStream(this).writeChars(text);
  }

  @Override
  public void writeUTF(String text) throws IOException {
    new DataOutputStream(this).writeUTF(text);
  }
}
