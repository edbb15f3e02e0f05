package io.aircheck.core.task;

import io.aircheck.core.media.FrameView;

/**
 * A picture that stands for those that follow it and are not shown: it lasts until the next one
 * that is, so that what goes on in all of them is not taken for one that comes and goes.
 */
final class StandingFrame extends ForwardingFrame {
  private final int pictures;

  /**
   * @param pictures how many it stands for, itself included
   */
  StandingFrame(FrameView frame, int pictures) {
    super(frame);
    this.pictures = pictures;
  }

  @Override
  public long durationMicros() {
    return super.durationMicros() * pictures;
  }
}
