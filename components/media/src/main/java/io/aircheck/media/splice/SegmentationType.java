package io.aircheck.media.splice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Segments in which the programme itself is not on air (ANSI/SCTE 35, table 23). Overlays, chapters
 * and programmes are segments, too, and no breaks.
 */
enum SegmentationType {
  BREAK(0x22),
  PROVIDER_ADVERTISEMENT(0x30),
  DISTRIBUTOR_ADVERTISEMENT(0x32),
  PROVIDER_PLACEMENT_OPPORTUNITY(0x34),
  DISTRIBUTOR_PLACEMENT_OPPORTUNITY(0x36),
  PROVIDER_PROMO(0x3c),
  DISTRIBUTOR_PROMO(0x3e),
  PROVIDER_AD_BLOCK(0x44),
  DISTRIBUTOR_AD_BLOCK(0x46);

  private final int startId;

  SegmentationType(int startId) {
    this.startId = startId;
  }

  /** The segmentation_type_id of its start; that of its end is one more. */
  int startId() {
    return startId;
  }

  /** As a means of signalling. */
  String means() {
    return "segmentation " + name().toLowerCase(Locale.ROOT);
  }

  /** The type that an id starts or ends. */
  static Optional<SegmentationType> of(int typeId) {
    return Arrays.stream(values()).filter(type -> type.startId == (typeId & ~1)).findFirst();
  }
}
