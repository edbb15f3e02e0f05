package io.aircheck.media.transport;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.media.input.ByteTap;
import io.aircheck.media.input.InputJournal;

/**
 * Checks a transport stream on its way to the demultiplexer, and notes in the journal what is wrong
 * with it, where packets are missing, and where its programme is left for a break.
 */
public final class TransportTap implements ByteTap {
  private final TransportAnalyzer analyzer;
  private final InputJournal journal;
  private final long startOffset;

  /** A tap for an input that starts at byte offset 0 of the journal. */
  public TransportTap(InputJournal journal) {
    this(journal, 0, TransportLimits.STANDARD);
  }

  /**
   * @param startOffset byte offset of the journal at which the tap starts
   */
  public TransportTap(InputJournal journal, long startOffset, TransportLimits limits) {
    this.analyzer = new TransportAnalyzer(limits);
    this.journal = journal;
    this.startOffset = startOffset;
    analyzer.losses().listen(position -> journal.lossAt(startOffset + position));
  }

  @Override
  public void bytes(byte[] buffer, int offset, int length) {
    analyzer.accept(buffer, offset, length);
    note();
  }

  /**
   * Another segment begins. Its timestamps go on; its counters and clock need not, because many
   * packagers start each segment afresh.
   */
  public void nextSegment() {
    analyzer.discontinuity();
    note();
  }

  @Override
  public void end() {
    analyzer.finish();
    note();
  }

  private void note() {
    TransportViolation violation = analyzer.poll();
    while (violation != null) {
      TransportViolation found = violation;
      journal.eventAt(
          startOffset + analyzer.position(),
          mediaMicrosOf ->
              new MediaEvent.Transport(
                  found.toSignal(
                      point -> mediaMicrosOf.applyAsLong(startOffset + point.position()))));
      violation = analyzer.poll();
    }
    TransportSplice splice = analyzer.pollSplice();
    while (splice != null) {
      TransportSplice found = splice;
      journal.eventAt(
          startOffset + analyzer.position(),
          mediaMicrosOf ->
              new MediaEvent.Splice(
                  found.toSignal(
                      point -> mediaMicrosOf.applyAsLong(startOffset + point.position()))));
      splice = analyzer.pollSplice();
    }
  }
}
