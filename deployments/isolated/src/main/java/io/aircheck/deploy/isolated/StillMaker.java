package io.aircheck.deploy.isolated;

import io.aircheck.core.media.FrameView;
import java.util.Optional;

/** Makes small copies of the pictures of one task, where the pictures are; on the task's thread. */
@FunctionalInterface
public interface StillMaker {
  /** Makes none. */
  StillMaker NONE = frame -> Optional.empty();

  /**
   * Looks at a picture; borrowed for the call.
   *
   * @return a small JPEG, when it is time for one
   */
  Optional<byte[]> take(FrameView frame);
}
