package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.app.report.Palette;
import io.aircheck.core.media.MediaWriterFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Tag("alone")
class DemoTest {
  @Test
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void shortSchedule_everyFaultIsFoundWithItsViewers() throws Exception {
    Programme programme =
        new Programme(
            "news",
            "News",
            Map.of(),
            1,
            Rung.BOTH,
            FaultSchedule.once(
                List.of(new DemoFault(Type.BLACK, 2, 4), new DemoFault(Type.SILENCE, 2, 4))));
    FaultSchedule delivery = FaultSchedule.once(List.of(new DemoFault(Type.LATE_CDN, 64, 60)));
    StringWriter screen = new StringWriter();
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class).findFirst().orElseThrow();
    AtomicReference<String> page = new AtomicReference<>("");

    boolean found;
    DemoScreen narrow = new DemoScreen(new PrintWriter(screen), Palette.PLAIN, 80);
    try (Demo demo = new Demo(narrow, List.of(programme), delivery, writers, 0)) {
      found = demo.run(false, page::set);
    }

    assertThat(page.get()).startsWith("http://127.0.0.1:");
    assertThat(screen.toString()).contains(page.get());
    assertThat(found).as(screen.toString()).isTrue();
    assertThat(screen.toString())
        .contains(
            "inject",
            " viewers: news ",
            "FOUND   video.black",
            "FOUND   audio.silence",
            "FOUND   experience.",
            "% of the change is in cdn=cdn-b",
            "3 of 3 faults found");
    assertThat(screen.toString().replaceAll("\\s+", " "))
        .contains(". The stream is clean: look at");
    assertThat(screen.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }
}
