package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StateBytesTest {
  private static void writeOneOfEach(DataOutput out) throws IOException {
    out.writeBoolean(true);
    out.writeByte(-2);
    out.writeShort(-30_000);
    out.writeChar('é');
    out.writeInt(Integer.MIN_VALUE + 7);
    out.writeLong(Long.MAX_VALUE - 7);
    out.writeFloat(Float.NaN);
    out.writeFloat(-0.1f);
    out.writeDouble(Math.PI);
    out.writeUTF("Bild ä 😀 \0");
    out.writeBytes("plain");
    out.writeChars("wide");
    out.write(300);
    out.write(new byte[] {1, 2, 3});
    out.write(new byte[] {4, 5, 6}, 1, 2);
  }

  @Test
  void toByteArray_oneOfEach_isWhatADataOutputStreamWrites() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    StateBytes state = new StateBytes(1);

    for (int times = 0; times < 20; times++) {
      writeOneOfEach(new DataOutputStream(expected));
      writeOneOfEach(state);
    }

    assertThat(state.toByteArray()).isEqualTo(expected.toByteArray());
  }

  @Test
  void writeFramed_partInAPart_hasTheLengthOfEachBeforeIt() throws IOException {
    StateBytes state = new StateBytes(1);
    state.writeFramed(
        part -> {
          part.writeLong(5);
          state.writeFramed(inner -> inner.write(new byte[100]));
        });
    state.writeByte(9);

    DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.toByteArray()));
    assertThat(in.readInt()).isEqualTo(8 + 4 + 100);
    assertThat(in.readLong()).isEqualTo(5);
    assertThat(in.readInt()).isEqualTo(100);
    assertThat(in.readNBytes(100)).containsOnly(0);
    assertThat(in.readByte()).isEqualTo((byte) 9);
    assertThat(in.read()).isEqualTo(-1);
  }
}
