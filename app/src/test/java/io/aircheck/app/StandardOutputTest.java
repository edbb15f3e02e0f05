package io.aircheck.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  private final AtomicInteger left = new AtomicInteger();

  private StandardOutput failing(String message) {
    return new StandardOutput(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(message);
          }
        },
        left::incrementAndGet);
  }

  @Test
  void write_fullDisk_isKeptForTheEnd() {
    StandardOutput out = failing("No space left on device");
    out.write(1);
    assertThat(out.failure())
        .get()
        .extracting(IOException::getMessage)
        .asString()
        .contains("space");
    assertThat(left).hasValue(0);
  }

  @Test
  void write_readerGone_leavesOnceAndIsNoFailure() {
    StandardOutput out = failing("Broken pipe");
    out.write(1);
    out.write(2);
    assertThat(out.failure()).isEmpty();
    assertThat(left).hasValue(1);
  }

  @Test
  void write_bytes_arePassedOn() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(bytes, left::incrementAndGet);
    out.write(new byte[] {1, 2, 3, 4}, 1, 2);
    assertThat(bytes.toByteArray()).containsExactly(2, 3);
    assertThat(out.failure()).isEmpty();
  }
}
