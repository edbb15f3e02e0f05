package io.aircheck.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void giveWay_onAThread_lowersThatThreadAlone() throws Exception {
    int before = niceness();
    int[] lowered = new int[1];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  BackgroundThread.giveWay();
                  lowered[0] = niceness();
                });
    thread.join();

    assertThat(lowered[0]).isEqualTo(Math.min(before + 10, 19));
    assertThat(niceness()).isEqualTo(before);
  }

  /** Of the calling thread; the 19th field of proc_pid_stat(5), behind a name in parentheses. */
  private static int niceness() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Integer.parseInt(behindName[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
