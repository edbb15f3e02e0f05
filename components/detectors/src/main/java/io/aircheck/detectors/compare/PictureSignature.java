package io.aircheck.detectors.compare;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes the signature of the pictures of the first video track, in fingerprints of about a second.
 *
 * <p>A row per picture, {@value #ROW} values: time since the first row in microseconds; for each of
 * 3x3 blocks of the picture the activity {@code e = log2(0.1 + mean(min(|dG|, 16)))}, where {@code
 * dG} is the change of a cell of the {@link PictureGrid} against the picture before; and the mean
 * luma of each block. 2 kB a second.
 */
final class PictureSignature implements Detector {
  /** Scheme of the fingerprints. */
  static final String SCHEME = "picture.blocks/1";

  /** Blocks of a picture: three rows of three. */
  static final int BLOCKS = 9;

  /** Values of a row: time, activity of each block, luma of each block. */
  static final int ROW = 1 + 2 * BLOCKS;

  private static final int SIDE = 3;
  private static final int BLOCK_COLUMNS = PictureGrid.COLUMNS / SIDE;
  private static final int BLOCK_ROWS = PictureGrid.ROWS / SIDE;

  /** A change larger than this counts as this: one bright detail must not outweigh a block. */
  private static final float MOST_CHANGE = 16;

  private static final long BATCH_MICROS = 1_000_000;

  /** A second at 120 pictures per second; more end a batch early. */
  private static final int MOST_ROWS = 120;

  private final float[] before = new float[PictureGrid.CELLS];
  private boolean hasBefore;
  private final float[] rows = new float[MOST_ROWS * ROW];
  private int count;
  private long batchMicros;
  private String track = "";
  private TimestampScope scope = TimestampScope.UNKNOWN;

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    String first = info.first(TrackType.VIDEO).map(Track::id).orElse("");
    if (!first.equals(track)) {
      flush(out);
      track = first;
      hasBefore = false;
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    if (!frame.trackId().equals(track)) {
      return;
    }
    long pts = frame.ptsMicros();
    float[] cells = analysis.thumbnail();
    if (frame.previous() == null) {
      // After a break the change against the picture before says nothing.
      flush(out);
      hasBefore = false;
    }
    if (hasBefore) {
      if (count > 0 && (pts - batchMicros >= BATCH_MICROS || count == MOST_ROWS)) {
        flush(out);
      }
      if (count == 0) {
        batchMicros = pts;
      }
      append(pts, cells);
    }
    System.arraycopy(cells, 0, before, 0, before.length);
    hasBefore = true;
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Timestamps timestamps) {
      flush(out);
      scope = timestamps.scope();
    }
  }

  private void append(long pts, float[] cells) {
    int row = count * ROW;
    Arrays.fill(rows, row, row + ROW, 0);
    rows[row] = pts - batchMicros;
    for (int y = 0; y < PictureGrid.ROWS; y++) {
      for (int x = 0; x < PictureGrid.COLUMNS; x++) {
        int cell = y * PictureGrid.COLUMNS + x;
        int block = y / BLOCK_ROWS * SIDE + x / BLOCK_COLUMNS;
        rows[row + 1 + block] += Math.min(MOST_CHANGE, Math.abs(cells[cell] - before[cell]));
        rows[row + 1 + BLOCKS + block] += cells[cell];
      }
    }
    float cellsPerBlock = BLOCK_COLUMNS * BLOCK_ROWS;
    for (int b = 0; b < BLOCKS; b++) {
      int activity = row + 1 + b;
      rows[activity] = (float) (Math.log(0.1 + rows[activity] / cellsPerBlock) / Math.log(2));
      rows[activity + BLOCKS] /= cellsPerBlock;
    }
    count++;
  }

  private void flush(ObservationSink out) {
    if (count > 0) {
      float[] values = Arrays.copyOf(rows, count * ROW);
      out.observe(
          new Observation.Fingerprinted(
              new Fingerprint(track, SCHEME, batchMicros, 0, scope, values)));
      count = 0;
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    flush(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    Scopes.write(scope, state);
    state.writeLong(batchMicros);
    state.writeInt(count);
    state.writeBoolean(hasBefore);
    for (int i = 0; i < count * ROW; i++) {
      state.writeFloat(rows[i]);
    }
    for (float cell : before) {
      state.writeFloat(cell);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    scope = Scopes.read(state);
    batchMicros = state.readLong();
    count = state.readInt();
    hasBefore = state.readBoolean();
    for (int i = 0; i < count * ROW; i++) {
      rows[i] = state.readFloat();
    }
    for (int i = 0; i < before.length; i++) {
      before[i] = state.readFloat();
    }
  }
}
