package io.aircheck.core.detect;

import io.aircheck.core.observe.Finding;
import java.util.Optional;

/**
 * A detector that knows where findings of other detectors are to be expected: black where an ad
 * break begins is how breaks begin. What it excuses stays visible, as information.
 */
public interface ExcusingDetector extends Detector {

  /**
   * Why, and how long, a finding is no defect.
   *
   * @param untilMicros media time up to which it is to be expected; a finding that lasts longer is
   *     a defect after all. {@link Long#MAX_VALUE}: however long it lasts
   * @param why words to be put behind the finding's message
   */
  record Excuse(long untilMicros, String why) {}

  /** The excuse for a finding of another detector, by what it is and where it begins. */
  Optional<Excuse> excuse(Finding finding);
}
