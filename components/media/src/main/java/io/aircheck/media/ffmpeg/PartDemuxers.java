package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.media.input.ByteInput;
import io.aircheck.media.input.Part;
import io.aircheck.media.input.PartSupplier;
import io.aircheck.media.input.TappedInput;
import org.jspecify.annotations.Nullable;

/** Demuxers for the parts of an input. */
final class PartDemuxers implements Demuxers {
  private final PartSupplier parts;
  private final String where;
  private final MediaLimits limits;
  private volatile @Nullable ByteInput current;
  private volatile boolean stopped;

  PartDemuxers(PartSupplier parts, String where, MediaLimits limits) {
    this.parts = parts;
    this.where = where;
    this.limits = limits;
  }

  @Override
  public @Nullable Next open() throws MediaException {
    Part part = stopped ? null : parts.next();
    if (part == null) {
      return null;
    }
    current = part.input();
    if (stopped) {
      part.input().close();
    }
    if (part.input() instanceof TappedInput tapped) {
      tapped.inspect();
    }
    Demuxer demuxer = Demuxer.open(part.input(), where, limits);
    return new Next(demuxer, part.continuity(), part.sequence());
  }

  @Override
  public void stop() {
    stopped = true;
    parts.close();
    ByteInput input = current;
    if (input != null) {
      input.close();
    }
  }
}
