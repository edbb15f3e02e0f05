package io.aircheck.core.media;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A decoded picture, borrowed from the media converter.
 *
 * <p><b>Lifetime:</b> valid until the callback it was handed to returns; the memory is then used
 * again. Read-only, on the calling thread, never stored or serialised. The strict runtime poisons
 * the planes afterwards, so that a view kept too long fails in tests.
 *
 * <p>Pictures are planar Y'CbCr (or grey alone). Samples are 8 bits wide in one byte, or up to 16
 * bits little-endian in two bytes when {@link #bitDepth()} is above 8.
 */
public interface FrameView {

  /** The track that the picture belongs to, such as {@code video:0}. */
  String trackId();

  /**
   * Presentation time in microseconds of media time, counted from the first picture or sample of
   * the input; continuous over 33-bit wraps and timestamp jumps.
   */
  long ptsMicros();

  /** How long the picture is shown, in microseconds; 0 when unknown. */
  long durationMicros();

  /** Wall-clock time at which the picture left the decoder, in milliseconds since the epoch. */
  long wallClockMillis();

  /** Width in luma samples, without padding. */
  int width();

  /** Height in luma samples, without padding. */
  int height();

  /** Significant bits of a sample: 8, 10, 12 or 16. */
  int bitDepth();

  /** Whether black is 16 (limited) or 0 (full), on the 8-bit scale. */
  ColorRange colorRange();

  /** Number of planes: 3 (Y, Cb, Cr) or 1 (grey). */
  int planeCount();

  /**
   * Memory of a plane, {@code stride * planeHeight} bytes at least, possibly followed by padding.
   */
  MemorySegment plane(int index);

  /** Bytes from one row to the next; at least the row's width in bytes. */
  int stride(int index);

  /** Width of a plane in samples. */
  int planeWidth(int index);

  /** Height of a plane in samples. */
  int planeHeight(int index);

  /** Whether the picture can be decoded without others. */
  boolean keyFrame();

  /** Whether the decoder says that the picture consists of two fields. */
  boolean interlaced();

  /** Whether the decoder says that the picture is damaged (flag or decode error). */
  boolean corrupt();

  /** Whether the decoder replaced missing parts by guesses (error concealment). */
  boolean concealed();

  /**
   * The picture shown before this one in the same track and format, or null at the start and after
   * a discontinuity or format change. Borrowed for as long as this view; its own {@code previous}
   * is always null.
   */
  @Nullable FrameView previous();
}
