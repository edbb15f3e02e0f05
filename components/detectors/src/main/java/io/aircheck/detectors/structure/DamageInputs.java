package io.aircheck.detectors.structure;

import io.aircheck.core.media.FrameView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What burnt-in block damage is judged by: the contrasts of the block grid of a picture and what
 * they did over the last seconds. The detector asks its model with them, and the trainer of the
 * model reads the same ones, so that the formulas exist once.
 *
 * <p>For pictures of one size and one track, in presentation order. Not thread-safe.
 */
public final class DamageInputs {
  private final LumaPlane.Reader reader = new LumaPlane.Reader();
  private final BlockGrid grid;
  private final GridMemory memory = new GridMemory();

  /** Begins without memory, for pictures of a size in samples. */
  public DamageInputs(int width, int height) {
    grid = new BlockGrid(width, height);
  }

  /** Names of the inputs, in the order of {@link #read}; questions of a model use them. */
  public static List<String> names() {
    return GridMemory.names();
  }

  /** Whether a picture has the size that this was made for. */
  public boolean fits(FrameView frame) {
    return grid.fits(frame);
  }

  /** Forgets what the grid did. */
  public void clear() {
    memory.clear();
  }

  /**
   * Takes in a picture that {@link #fits}.
   *
   * @return one value per name, overwritten by the next call
   */
  public double[] read(FrameView frame) {
    if (frame.previous() == null) {
      grid.clear();
    }
    grid.scan(reader.read(frame));
    return memory.inputs(frame.ptsMicros(), grid.contrasts());
  }

  /**
   * How much of a block grid the last seconds showed of themselves, as a sum of six contrasts:
   * about 0 for a clean source, 1 and more where the blocks of an encoder stand out.
   */
  double background() {
    return memory.background();
  }

  void snapshot(DataOutput state) throws IOException {
    grid.snapshot(state);
    memory.snapshot(state);
  }

  void restore(DataInput state) throws IOException {
    grid.restore(state);
    memory.restore(state);
  }
}
