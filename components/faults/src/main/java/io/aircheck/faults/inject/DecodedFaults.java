package io.aircheck.faults.inject;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import java.util.List;
import java.util.Objects;

/** The faults of a stream that are put into decoded pictures and sound, in the order given. */
public final class DecodedFaults {
  private final List<PictureFault> pictureFaults;
  private final List<SoundFault> soundFaults;

  /** Takes of the requests those that concern pictures and sound. */
  public DecodedFaults(List<FaultRequest> requests) {
    pictureFaults = requests.stream().map(PictureFault::of).filter(Objects::nonNull).toList();
    soundFaults = requests.stream().map(SoundFault::of).filter(Objects::nonNull).toList();
  }

  /** The next picture as it is to be shown; the picture itself when nothing is wrong with it. */
  public FrameView picture(FrameView picture) {
    if (pictureFaults.isEmpty()) {
      return picture;
    }
    EditablePicture copy = new EditablePicture(picture);
    pictureFaults.forEach(fault -> fault.apply(copy));
    return copy;
  }

  /** The next run of sound as it is to be heard. */
  public AudioView sound(AudioView sound) {
    if (soundFaults.isEmpty()) {
      return sound;
    }
    EditableSound copy = EditableSound.copyOf(sound);
    soundFaults.forEach(fault -> fault.apply(copy));
    return copy;
  }
}
