package io.aircheck.core.media;

/**
 * Loudspeaker position of an audio channel, with the ITU-R BS.1770-4 weight of its energy in the
 * loudness sum (table 3: surround channels +1.5 dB, LFE excluded).
 */
public enum ChannelRole {
  LEFT("L", 1.0),
  RIGHT("R", 1.0),
  CENTRE("C", 1.0),
  LFE("LFE", 0.0),
  LEFT_SURROUND("Ls", 1.41),
  RIGHT_SURROUND("Rs", 1.41),
  LEFT_BACK("Lb", 1.0),
  RIGHT_BACK("Rb", 1.0),
  BACK_CENTRE("Cs", 1.0),
  MONO("M", 1.0),
  OTHER("?", 1.0);

  private final String label;
  private final double loudnessWeight;

  ChannelRole(String label, double loudnessWeight) {
    this.label = label;
    this.loudnessWeight = loudnessWeight;
  }

  /** Short name as printed on mixing desks: L, R, C, LFE, Ls, Rs. */
  public String label() {
    return label;
  }

  /** Weight G of BS.1770-4 (linear, on mean square). */
  public double loudnessWeight() {
    return loudnessWeight;
  }
}
