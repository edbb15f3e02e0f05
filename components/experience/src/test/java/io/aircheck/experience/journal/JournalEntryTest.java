package io.aircheck.experience.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
  private static final JournalEntry ENTRY =
      new JournalEntry(
          ReportSchema.CMCD, new Arrival(17, "events", Map.of("country", "SE")), new byte[] {1, 2});

  @Test
  void of_whatWasWritten_isTheEntry() throws Exception {
    JournalEntry read = JournalEntry.of(ENTRY.bytes());

    assertThat(read.schema()).isEqualTo(ENTRY.schema());
    assertThat(read.arrival()).isEqualTo(ENTRY.arrival());
    assertThat(read.body()).isEqualTo(ENTRY.body());
  }

  @Test
  void of_anythingElse_isRefused() {
    byte[] bytes = ENTRY.bytes();
    byte[] damaged = bytes.clone();
    damaged[damaged.length - 1]++;

    assertThatThrownBy(() -> JournalEntry.of(damaged)).isInstanceOf(IOException.class);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> JournalEntry.of(cut)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> JournalEntry.of(Frame.erased(17))).isInstanceOf(IOException.class);
  }
}
