package io.aircheck.media.splice;

import io.aircheck.core.media.SpliceSignal.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads splice_info_section (ANSI/SCTE 35, 9.6): splice_insert, and time_signal with segmentation
 * descriptors. Other commands say nothing of breaks and are passed over. Any bytes may be given.
 */
public final class SpliceSection {
  /** The table id of splice information. */
  public static final int TABLE_ID = 0xfc;

  /** Longest section: 12 bits of length, of which 4093 is the largest value allowed. */
  public static final int MAX_LENGTH = 3 + 4093;

  private static final int SPLICE_INSERT = 0x05;
  private static final int TIME_SIGNAL = 0x06;
  private static final int CRC_LENGTH = 4;

  /** The command length of encoders that do not tell it (9.6.1). */
  private static final int UNKNOWN_LENGTH = 0xfff;

  private final List<SpliceCue> cues = new ArrayList<>();
  private final long adjustment;

  private SpliceSection(long adjustment) {
    this.adjustment = adjustment;
  }

  /**
   * What a section says.
   *
   * @param bytes begin with the table id; what follows the section is not looked at
   * @return in the order of the section; one of type {@link Type#ENCRYPTED} or {@link
   *     Type#UNREADABLE} when that is all that can be told
   */
  public static List<SpliceCue> read(byte[] bytes, int length) {
    if (length < 3 || (bytes[0] & 0xff) != TABLE_ID) {
      return damaged("is no splice_info_section");
    }
    int end = 3 + ((bytes[1] & 0x0f) << 8 | (bytes[2] & 0xff));
    if (end > length || end > MAX_LENGTH || end < 14 + CRC_LENGTH) {
      return damaged("is cut short");
    }
    if (SectionCrc.of(bytes, end) != 0) {
      return damaged("has a wrong CRC");
    }
    try {
      return read(new BitReader(bytes, 3, end - 3 - CRC_LENGTH));
    } catch (BitReader.TruncatedException e) {
      return damaged("has a field that goes beyond its end");
    }
  }

  private static List<SpliceCue> damaged(String how) {
    return List.of(SpliceCue.opaque(Type.UNREADABLE, "splice information " + how));
  }

  private static List<SpliceCue> read(BitReader in) throws BitReader.TruncatedException {
    long version = in.read(8);
    if (version != 0) {
      return damaged("has the unknown version " + version);
    }
    if (in.flag()) {
      return List.of(
          SpliceCue.opaque(Type.ENCRYPTED, "splice information is encrypted and not looked at"));
    }
    in.skip(6); // encryption_algorithm
    SpliceSection section = new SpliceSection(in.read(33));
    in.skip(8 + 12); // cw_index, tier
    int commandLength = (int) in.read(12);
    int command = (int) in.read(8);
    if (command != SPLICE_INSERT && command != TIME_SIGNAL) {
      return List.of();
    }
    BitReader body = commandLength == UNKNOWN_LENGTH ? in : in.part(commandLength);
    if (command == SPLICE_INSERT) {
      section.insert(body);
    } else {
      OptionalLong pts = section.spliceTime(body);
      section.descriptors(in, pts);
    }
    return List.copyOf(section.cues);
  }

  /** splice_insert (9.7.3). */
  private void insert(BitReader in) throws BitReader.TruncatedException {
    String id = Long.toString(in.read(32));
    boolean cancelled = in.flag();
    in.skip(7);
    if (cancelled) {
      cues.add(cue(Type.CANCEL, "splice_insert", id, OptionalLong.empty(), OptionalLong.empty()));
      return;
    }
    boolean out = in.flag();
    boolean wholeProgramme = in.flag();
    boolean hasDuration = in.flag();
    boolean immediate = in.flag();
    in.skip(4);
    OptionalLong pts = OptionalLong.empty();
    if (wholeProgramme && !immediate) {
      pts = spliceTime(in);
    } else if (!wholeProgramme) {
      for (long components = in.read(8); components > 0; components--) {
        in.skip(8); // component_tag
        OptionalLong own = immediate ? OptionalLong.empty() : spliceTime(in);
        pts = pts.isPresent() ? pts : own;
      }
    }
    OptionalLong duration = OptionalLong.empty();
    boolean returns = false;
    if (hasDuration) {
      returns = in.flag();
      in.skip(6);
      duration = OptionalLong.of(toMicros(in.read(33)));
    }
    cues.add(
        new SpliceCue(
            out ? Type.OUT : Type.IN,
            "splice_insert",
            id,
            pts,
            out ? duration : OptionalLong.empty(),
            out && returns && duration.isPresent(),
            "splice_insert, event " + id));
  }

  /** splice_time (9.8.1), with the adjustment of the section. */
  private OptionalLong spliceTime(BitReader in) throws BitReader.TruncatedException {
    if (!in.flag()) {
      in.skip(7);
      return OptionalLong.empty();
    }
    in.skip(6);
    return OptionalLong.of(in.read(33) + adjustment & (1L << 33) - 1);
  }

  private void descriptors(BitReader in, OptionalLong pts) throws BitReader.TruncatedException {
    BitReader loop = in.part((int) in.read(16));
    while (loop.bytesLeft() >= 2) {
      long tag = loop.read(8);
      BitReader descriptor = loop.part((int) loop.read(8));
      if (tag == 0x02 && descriptor.bytesLeft() >= 4 && descriptor.read(32) == 0x43554549) {
        segmentation(descriptor, pts);
      }
    }
  }

  /** segmentation_descriptor (10.3.3), after its identifier "CUEI". */
  private void segmentation(BitReader in, OptionalLong pts) throws BitReader.TruncatedException {
    String id = Long.toString(in.read(32));
    boolean cancelled = in.flag();
    in.skip(7);
    if (cancelled) {
      cues.add(cue(Type.CANCEL, "segmentation", id, OptionalLong.empty(), OptionalLong.empty()));
      return;
    }
    boolean wholeProgramme = in.flag();
    boolean hasDuration = in.flag();
    in.skip(6); // delivery restrictions
    if (!wholeProgramme) {
      in.skip((int) in.read(8) * 48); // component_tag, reserved, pts_offset
    }
    OptionalLong duration =
        hasDuration ? OptionalLong.of(toMicros(in.read(40))) : OptionalLong.empty();
    in.skip(8); // segmentation_upid_type
    in.skip((int) in.read(8) * 8);
    int typeId = (int) in.read(8);
    Optional<SegmentationType> known = SegmentationType.of(typeId);
    if (known.isEmpty()) {
      return;
    }
    boolean start = known.get().startId() == typeId;
    cues.add(
        cue(
            start ? Type.OUT : Type.IN,
            known.get().means(),
            id,
            pts,
            // A duration of 0 stands for one that is not known.
            start && duration.orElse(0) > 0 ? duration : OptionalLong.empty()));
  }

  private static SpliceCue cue(
      Type type, String means, String id, OptionalLong pts, OptionalLong duration) {
    return new SpliceCue(type, means, id, pts, duration, false, means + ", event " + id);
  }

  private static long toMicros(long ticks) {
    return ticks * 100 / 9;
  }
}
