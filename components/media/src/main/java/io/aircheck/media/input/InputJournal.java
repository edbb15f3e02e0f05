package io.aircheck.media.input;

import io.aircheck.core.media.MediaEvent;
import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the reading side of an input finds out, noted at byte offsets: the reading side knows no
 * media time, and the decoding side learns the media time of an offset only later, from the packets
 * that start there. Thread-safe.
 *
 * <p>Offsets count the bytes that {@link ByteInput#read} delivered since the pipeline was opened,
 * over all parts.
 */
public final class InputJournal {
  /** Entries kept, of each kind; older ones are dropped when nobody asks for them. */
  private static final int MAX_ENTRIES = 10_000;

  /** Makes an event once the media time of its offset is known. */
  @FunctionalInterface
  public interface Placed {
    /**
     * @param mediaMicrosOf media time in microseconds of the nearest packet that starts at or
     *     before a byte offset
     */
    MediaEvent at(LongUnaryOperator mediaMicrosOf);
  }

  /** An event that waits for decoding to reach its offset. */
  private record Note(long offset, Placed event) {}

  private final TreeMap<Long, Mark> marks = new TreeMap<>();
  private final ArrayDeque<Note> notes = new ArrayDeque<>();

  /** What is known of a place in the bytes. */
  private enum Mark {
    LOSS,
    DECLARED
  }

  /**
   * Notes that data is missing before an offset: timestamps that are ahead afterwards tell of a
   * gap, not of a jump.
   */
  public synchronized void lossAt(long offset) {
    mark(offset, Mark.LOSS);
  }

  /** Notes that the input itself announces timestamps that do not continue at an offset. */
  public synchronized void discontinuityAt(long offset) {
    mark(offset, Mark.DECLARED);
  }

  private void mark(long offset, Mark mark) {
    marks.merge(offset, mark, (old, added) -> old == Mark.DECLARED ? old : added);
    if (marks.size() > MAX_ENTRIES) {
      marks.pollFirstEntry();
    }
  }

  /**
   * Notes an event; offsets must not decrease from one event to the next. The event comes out of
   * the pipeline when decoding has reached the offset.
   */
  public synchronized void eventAt(long offset, Placed event) {
    if (notes.size() < MAX_ENTRIES) {
      notes.add(new Note(offset, event));
    }
  }

  /** Whether data is missing anywhere after one offset up to another. */
  public synchronized boolean lossWithin(long afterOffset, long upToOffset) {
    return within(afterOffset, upToOffset, Mark.LOSS);
  }

  /** Whether a discontinuity was announced anywhere after one offset up to another. */
  public synchronized boolean discontinuityWithin(long afterOffset, long upToOffset) {
    return within(afterOffset, upToOffset, Mark.DECLARED);
  }

  private boolean within(long afterOffset, long upToOffset, Mark wanted) {
    return afterOffset < upToOffset
        && marks.subMap(afterOffset, false, upToOffset, true).containsValue(wanted);
  }

  /** Takes the next event whose offset has been reached, or null when there is none. */
  public synchronized @Nullable Placed poll(long reachedOffset) {
    Note first = notes.peek();
    if (first == null || first.offset() > reachedOffset) {
      return null;
    }
    notes.remove();
    return first.event();
  }
}
