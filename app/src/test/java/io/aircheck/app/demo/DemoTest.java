package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.app.report.Palette;
import io.aircheck.core.media.MediaWriterFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
class DemoTest {
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void shortSchedule_everyFaultIsFound() throws Exception {
    List<DemoFault> faults =
        List.of(new DemoFault(Type.BLACK, 10, 4), new DemoFault(Type.SILENCE, 10, 4));
    StringWriter screen = new StringWriter();
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class).findFirst().orElseThrow();

    boolean found;
    try (Demo demo = new Demo(new PrintWriter(screen), Palette.PLAIN, 80, faults, writers)) {
      found = demo.run();
    }

    assertThat(found).as(screen.toString()).isTrue();
    assertThat(screen.toString())
        .contains("inject", "FOUND   video.black", "FOUND   audio.silence", "2 of 2 faults found");
    assertThat(screen.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void stoppedBeforeTheFirstFault_saysSoAndBlamesNothing() throws Exception {
    StringWriter screen = new StringWriter();
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class).findFirst().orElseThrow();
    CountDownLatch begun = new CountDownLatch(1);
    PrintWriter out =
        new PrintWriter(screen) {
          @Override
          public void println(String line) {
            super.println(line);
            begun.countDown();
          }
        };
    List<DemoFault> faults = List.of(new DemoFault(Type.BLACK, 1000, 4));
    Demo demo = new Demo(out, Palette.PLAIN, 80, faults, writers);
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    begun.await();
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                  demo.close();
                });

    boolean found = demo.run();
    stopper.join();

    assertThat(found).isFalse();
    assertThat(demo.isClosed()).isTrue();
    assertThat(screen.toString())
        .contains("Stopped before the first fault.")
        .doesNotContain("not found");
  }
}
