package io.aircheck.experience.journal;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;

/**
 * A body as it came. Who sent it is there in coarse attributes alone.
 *
 * @param arrival when and from where it came
 * @param body not copied, and not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written and read as they are, never compared
public record JournalEntry(ReportSchema schema, Arrival arrival, byte[] body) {

  /** All of it with a checksum, for another process. */
  public byte[] bytes() {
    return Frame.of(this);
  }

  /**
   * Reads what {@link #bytes} has written.
   *
   * @throws IOException when it is something else, is damaged or of another version of the program
   */
  public static JournalEntry of(byte[] bytes) throws IOException {
    return Frame.whole(bytes);
  }
}
