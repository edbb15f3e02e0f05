package io.aircheck.app.serve.viewers;

import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.report.ReportSchema;
import java.util.List;
import java.util.Optional;

/** Takes reports of viewers, whoever makes something of them. Thread-safe. */
public interface ViewerIntake {
  /** How long a sender has to wait before its next body is looked at, seconds; 0: it is. */
  int retryAfterSeconds(Sender sender);

  /**
   * Takes a body; when it returns {@link Answer.Taken}, it is taken for good.
   *
   * @param target that it was sent to; its arguments are attributes of everything in it
   * @param known of the sender's place
   */
  Answer take(ReportSchema schema, Sender sender, Target target, Location known, byte[] body);

  /** What was taken and what was not. */
  IntakeCounters counters();

  /** Bodies that were not looked at. */
  Refusals refusals();

  /** Databases that addresses are looked up in, in the order in which they are asked. */
  List<PlaceFile> places();

  /** Request logs that reports are read from. */
  List<ViewerLog> logs();

  /** What is wrong; empty: nothing. */
  Optional<String> problem();
}
