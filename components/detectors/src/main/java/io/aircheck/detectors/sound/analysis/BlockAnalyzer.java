package io.aircheck.detectors.sound.analysis;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.sound.SoundAnalyzer;
import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts sound into blocks and measures them. Block times follow the sample count, so that jitter and
 * rounding of the timestamps do not show; the timestamps win when they are further off.
 */
public final class BlockAnalyzer implements SoundAnalyzer {
  private static final int STATE_VERSION = 1;

  /** Containers round timestamps to a millisecond at worst; what differs more is corrected. */
  private static final long JITTER_MICROS = 5_000;

  /** A gap of less than two frames of AAC at 48 kHz does not end what a listener hears. */
  private static final long BREAK_MICROS = 50_000;

  private final Block block = new Block();
  private String trackId = "";
  private int sampleRate;
  private ChannelLayout layout = ChannelLayout.NONE;
  private float[][] samples = new float[0][];
  private ChannelMeter[] meters = new ChannelMeter[0];
  private int blockLength;
  private int filled;
  private boolean continuous;
  private long anchorMicros;
  private long samplesSinceAnchor;

  @Override
  public void analyze(AudioView audio, Consumer<SoundBlock> blocks) {
    trackId = audio.trackId();
    follow(audio);
    int offset = 0;
    while (offset < audio.sampleCount()) {
      int count = Math.min(blockLength - filled, audio.sampleCount() - offset);
      for (int c = 0; c < samples.length; c++) {
        copyFinite(audio.channel(c), offset, samples[c], filled, count);
      }
      filled += count;
      offset += count;
      if (filled == blockLength) {
        for (int c = 0; c < samples.length; c++) {
          meters[c].measure(samples[c], blockLength);
        }
        blocks.accept(block);
        samplesSinceAnchor += blockLength;
        filled = 0;
        continuous = true;
      }
    }
  }

  /** Makes the block that is being filled fit the run that comes. */
  private void follow(AudioView audio) {
    boolean sameFormat = sampleRate == audio.sampleRate() && layout.equals(audio.channelLayout());
    long deviation = audio.ptsMicros() - timeAt(samplesSinceAnchor + filled);
    if (!sameFormat || Math.abs(deviation) > BREAK_MICROS) {
      start(audio.sampleRate(), audio.channelLayout());
      anchorMicros = audio.ptsMicros();
    } else if (Math.abs(deviation) > JITTER_MICROS) {
      anchorMicros = timeAt(samplesSinceAnchor) + deviation;
      samplesSinceAnchor = 0;
    }
  }

  private void start(int newSampleRate, ChannelLayout newLayout) {
    sampleRate = newSampleRate;
    layout = newLayout;
    blockLength = Math.max(1, Math.round((float) newSampleRate / SoundBlock.BLOCKS_PER_SECOND));
    samples = new float[newLayout.size()][blockLength];
    meters = new ChannelMeter[newLayout.size()];
    for (int c = 0; c < meters.length; c++) {
      meters[c] = new ChannelMeter(newSampleRate);
    }
    filled = 0;
    samplesSinceAnchor = 0;
    continuous = false;
  }

  private long timeAt(long sampleOffset) {
    return sampleRate == 0 ? 0 : anchorMicros + sampleOffset * 1_000_000L / sampleRate;
  }

  /** A decoder of damaged data may deliver NaN or infinity, which would poison every sum. */
  private static void copyFinite(float[] from, int fromIndex, float[] to, int toIndex, int count) {
    for (int i = 0; i < count; i++) {
      float sample = from[fromIndex + i];
      to[toIndex + i] = Float.isFinite(sample) ? sample : 0;
    }
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeByte(STATE_VERSION);
    state.writeUTF(trackId);
    state.writeInt(sampleRate);
    state.writeByte(layout.size());
    for (ChannelRole role : layout.roles()) {
      state.writeByte(role.ordinal());
    }
    state.writeBoolean(continuous);
    state.writeLong(anchorMicros);
    state.writeLong(samplesSinceAnchor);
    state.writeInt(filled);
    for (int c = 0; c < samples.length; c++) {
      meters[c].snapshot(state);
      for (int i = 0; i < filled; i++) {
        state.writeFloat(samples[c][i]);
      }
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    int version = state.readByte();
    if (version != STATE_VERSION) {
      throw new IOException("sound analysis state of version " + version);
    }
    trackId = state.readUTF();
    int rate = state.readInt();
    List<ChannelRole> roles = new ArrayList<>();
    for (int count = state.readByte(); count > 0; count--) {
      roles.add(ChannelRole.values()[state.readByte()]);
    }
    start(rate, new ChannelLayout(roles));
    continuous = state.readBoolean();
    anchorMicros = state.readLong();
    samplesSinceAnchor = state.readLong();
    filled = state.readInt();
    for (int c = 0; c < samples.length; c++) {
      meters[c].restore(state);
      for (int i = 0; i < filled; i++) {
        samples[c][i] = state.readFloat();
      }
    }
  }

  /** Creates the analysis that the detectors of sound share. */
  public static final class Factory implements SoundAnalyzer.Factory {
    @Override
    public SoundAnalyzer create() {
      return new BlockAnalyzer();
    }
  }

  private final class Block implements SoundBlock {
    @Override
    public String trackId() {
      return trackId;
    }

    @Override
    public long startMicros() {
      return timeAt(samplesSinceAnchor);
    }

    @Override
    public long endMicros() {
      return timeAt(samplesSinceAnchor + blockLength);
    }

    @Override
    public boolean continuous() {
      return continuous;
    }

    @Override
    public int sampleRate() {
      return sampleRate;
    }

    @Override
    public ChannelLayout channelLayout() {
      return layout;
    }

    @Override
    public int sampleCount() {
      return blockLength;
    }

    @Override
    public float[] channel(int index) {
      return samples[index];
    }

    @Override
    public double mean(int channel) {
      return meters[channel].mean();
    }

    @Override
    public double power(int channel) {
      return meters[channel].power();
    }

    @Override
    public double peak(int channel) {
      return meters[channel].peak();
    }

    @Override
    public double weightedPower(int channel) {
      return meters[channel].weightedPower();
    }
  }
}
