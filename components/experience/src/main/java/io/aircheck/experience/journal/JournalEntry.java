package io.aircheck.experience.journal;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;

/**
 * A body as it came. Who sent it is there in coarse attributes alone.
 *
 * @param arrival when and from where it came
 * @param body not copied, and not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written and read as they are, never compared
public record JournalEntry(ReportSchema schema, Arrival arrival, byte[] body) {}
