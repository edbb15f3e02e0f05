package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How the planes of a decoded picture are laid out.
 *
 * @param direct whether views can be made of the planes as they are; if not, the picture has to be
 *     converted to {@code target}
 * @param target FFmpeg pixel format that a view can be made of
 * @param planes 1 (grey) or 3
 * @param chromaShiftX log2 of luma samples per chroma sample across
 * @param chromaShiftY log2 of luma samples per chroma sample down
 * @param bitDepth significant bits per sample
 */
record PictureFormat(
    boolean direct, int target, int planes, int chromaShiftX, int chromaShiftY, int bitDepth) {

  /** Looks a pixel format of FFmpeg up. */
  static PictureFormat of(int pixelFormat) {
    AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(pixelFormat);
    if (descriptor == null || descriptor.isNull()) {
      return of(avutil.AV_PIX_FMT_YUV420P);
    }
    int depth = descriptor.comp(0).depth();
    if (viewable(descriptor, depth)) {
      return new PictureFormat(
          true,
          pixelFormat,
          descriptor.nb_components() < 3 ? 1 : 3,
          descriptor.log2_chroma_w(),
          descriptor.log2_chroma_h(),
          depth);
    }
    PictureFormat target = of(depth > 8 ? avutil.AV_PIX_FMT_YUV444P10LE : nearest8(descriptor));
    return new PictureFormat(
        false,
        target.target,
        target.planes,
        target.chromaShiftX,
        target.chromaShiftY,
        target.bitDepth);
  }

  private static int nearest8(AVPixFmtDescriptor descriptor) {
    if (descriptor.log2_chroma_w() == 1) {
      return descriptor.log2_chroma_h() == 1
          ? avutil.AV_PIX_FMT_YUV420P
          : avutil.AV_PIX_FMT_YUV422P;
    }
    return descriptor.nb_components() < 3 ? avutil.AV_PIX_FMT_GRAY8 : avutil.AV_PIX_FMT_YUV444P;
  }

  private static boolean viewable(AVPixFmtDescriptor descriptor, int depth) {
    long refused =
        avutil.AV_PIX_FMT_FLAG_BE
            | avutil.AV_PIX_FMT_FLAG_PAL
            | avutil.AV_PIX_FMT_FLAG_BITSTREAM
            | avutil.AV_PIX_FMT_FLAG_HWACCEL
            | avutil.AV_PIX_FMT_FLAG_RGB
            | avutil.AV_PIX_FMT_FLAG_BAYER
            | avutil.AV_PIX_FMT_FLAG_FLOAT;
    if ((descriptor.flags() & refused) != 0) {
      return false;
    }
    if (depth != 8 && depth != 10 && depth != 12 && depth != 16) {
      return false;
    }
    int components = descriptor.nb_components();
    if (components == 2) {
      return false;
    }
    for (int c = 0; c < Math.min(components, 3); c++) {
      var component = descriptor.comp(c);
      if (component.plane() != c
          || component.step() != (depth > 8 ? 2 : 1)
          || component.shift() != 0
          || component.depth() != depth) {
        return false;
      }
    }
    return true;
  }

  /**
   * FFmpeg's pixel format of a view.
   *
   * @throws MediaException when FFmpeg has none of that shape
   */
  static int pixelFormat(FrameView picture) throws MediaException {
    String family = "gray";
    if (picture.planeCount() == 3) {
      boolean halfWidth = picture.planeWidth(1) < picture.width();
      boolean halfHeight = picture.planeHeight(1) < picture.height();
      family =
          halfWidth ? (halfHeight ? "yuv420p" : "yuv422p") : halfHeight ? "yuv440p" : "yuv444p";
    }
    String name = picture.bitDepth() > 8 ? family + picture.bitDepth() + "le" : family;
    int found = avutil.av_get_pix_fmt(name);
    if (found < 0) {
      throw new MediaException(Reason.UNSUPPORTED, "no pixel format for " + name + " pictures");
    }
    return found;
  }
}
