package io.aircheck.detectors.compare;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes the signature of the first audio track: one digit per millisecond (see {@link
 * EnvelopeBits}), in fingerprints of a second of media time, ten digits to a value (see {@link
 * TernaryCode}). 400 bytes a second.
 */
final class SoundSignature implements Detector {
  /** Scheme of the fingerprints. */
  static final String SCHEME = "sound.envelope/1";

  private static final int BATCH_MILLIS = 1000;
  private static final int VALUE_MILLIS = TernaryCode.DIGITS;

  private final EnvelopeBits envelope = new EnvelopeBits();
  private final byte[] digits = new byte[BATCH_MILLIS];
  private String track = "";
  private TimestampScope scope = TimestampScope.UNKNOWN;
  private float[] mono = new float[0];

  /** First millisecond of the batch; its digits up to {@code filled} are known. */
  private long batchStart;

  private int filled;

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    String first = info.first(TrackType.AUDIO).map(Track::id).orElse("");
    if (!first.equals(track)) {
      flush(out);
      envelope.reset();
      track = first;
    }
  }

  @Override
  public void onSound(SoundBlock block, ObservationSink out) {
    if (!block.trackId().equals(track)) {
      return;
    }
    if (!block.continuous()) {
      flush(out);
      envelope.reset();
    }
    int count = mixDown(block);
    envelope.add(
        mono,
        count,
        block.startMicros(),
        block.sampleRate(),
        (milli, digit) -> append(milli, digit, out));
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Timestamps timestamps) {
      flush(out);
      scope = timestamps.scope();
    }
  }

  /** Mean of all channels but the low-frequency one. */
  private int mixDown(SoundBlock block) {
    int count = block.sampleCount();
    if (mono.length < count) {
      mono = new float[count];
    }
    Arrays.fill(mono, 0, count, 0);
    int mixed = 0;
    for (int c = 0; c < block.channels(); c++) {
      if (block.channelLayout().roles().get(c) == ChannelRole.LFE) {
        continue;
      }
      float[] samples = block.channel(c);
      for (int i = 0; i < count; i++) {
        mono[i] += samples[i];
      }
      mixed++;
    }
    float scale = 1f / Math.max(1, mixed);
    for (int i = 0; i < count; i++) {
      mono[i] *= scale;
    }
    return count;
  }

  private void append(long milli, int digit, ObservationSink out) {
    if (filled > 0 && milli != batchStart + filled) {
      flush(out);
    }
    if (filled == 0) {
      // Values begin on whole multiples of their length, so that all batches tile one time line.
      batchStart = Math.floorDiv(milli, VALUE_MILLIS) * VALUE_MILLIS;
      filled = (int) (milli - batchStart);
      Arrays.fill(digits, (byte) 0);
    }
    digits[filled++] = (byte) digit;
    if (Math.floorMod(milli + 1, BATCH_MILLIS) == 0) {
      flush(out);
    }
  }

  private void flush(ObservationSink out) {
    if (filled == 0) {
      return;
    }
    float[] values = new float[(filled + VALUE_MILLIS - 1) / VALUE_MILLIS];
    for (int i = 0; i < values.length; i++) {
      values[i] = TernaryCode.pack(digits, i * VALUE_MILLIS, filled);
    }
    out.observe(
        new Observation.Fingerprinted(
            new Fingerprint(
                track, SCHEME, batchStart * 1000, VALUE_MILLIS * 1000L, scope, values)));
    filled = 0;
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    flush(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    Scopes.write(scope, state);
    state.writeLong(batchStart);
    state.writeInt(filled);
    state.write(digits);
    envelope.snapshot(state);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    scope = Scopes.read(state);
    batchStart = state.readLong();
    filled = state.readInt();
    state.readFully(digits);
    envelope.restore(state);
  }
}
