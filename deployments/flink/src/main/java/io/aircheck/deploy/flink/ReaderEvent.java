package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.AddressTerms;
import java.time.Duration;
import org.apache.flink.api.connector.source.SourceEvent;
import org.jspecify.annotations.Nullable;

/** What enumerator and readers say to each other. */
sealed interface ReaderEvent extends SourceEvent {

  /**
   * To a reader: stop this run, and close what it has open.
   *
   * @param again whether another run of the same stream follows
   */
  record Release(String run, boolean again) implements ReaderEvent {}

  /**
   * To a reader: watch this run so from now on.
   *
   * @param light whether less closely
   * @param calm without a suspicion for so long, it is watched less closely again
   * @param addresses what its inputs may lead to; null: everywhere
   */
  record Watch(String run, boolean light, Duration calm, @Nullable AddressTerms addresses)
      implements ReaderEvent {
    Watching watching() {
      return new Watching(light, calm);
    }
  }

  /** To a reader: somebody listens who was told nothing of its streams before. */
  record Retell() implements ReaderEvent {}

  /** From a reader: the run that it was to release is gone. */
  record Released(String run) implements ReaderEvent {}

  /**
   * From a reader: how busy it is.
   *
   * @param processors what it may use
   * @param busy how many of them are busy now; 0 without streams
   */
  record Load(double processors, double busy) implements ReaderEvent {}
}
