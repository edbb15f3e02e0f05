package io.aircheck.detectors.compare;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import java.util.List;
import java.util.Set;

/** Signatures of sound, for {@link ReferenceFold} and {@link LadderFold}. */
public final class SoundSignatureFactory implements DetectorFactory {
  private static final String KIND = "signature.sound";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(KIND, Kinds.SYNC_OFFSET);
  }

  @Override
  public boolean fingerprints() {
    return true;
  }

  @Override
  public WithKeyPictures withKeyPictures() {
    return WithKeyPictures.WORKS;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "Signature of the sound, to compare two points of a programme";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of();
  }

  @Override
  public Detector create(Options options) {
    return new SoundSignature();
  }
}
