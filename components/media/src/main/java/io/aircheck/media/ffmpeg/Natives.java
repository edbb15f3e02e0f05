package io.aircheck.media.ffmpeg;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** Loads FFmpeg once per process and sets what holds for the whole process. */
final class Natives {
  private static final String FAILURE = load();

  private Natives() {}

  private static String load() {
    // Natives are freed explicitly here. JavaCPP's own bookkeeping would start a thread and refuse
    // allocations by the resident size of the whole process.
    System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    LargeBlocks.giveBackAtOnce();
    try {
      Loader.load(avutil.class);
      Loader.load(swresample.class);
      Loader.load(swscale.class);
      Loader.load(avcodec.class);
      Loader.load(avformat.class);
      // What is wrong with an input is told by events and exceptions.
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      avutil.av_max_alloc(MediaLimits.MAX_ALLOCATION_BYTES);
      avformat.avformat_network_init();
      return "";
    } catch (LinkageError failure) {
      return "FFmpeg cannot be loaded for "
          + Loader.getPlatform()
          + " ("
          + failure.getMessage()
          + "); build with -Dnative.platform="
          + Loader.getPlatform()
          + " or use a platform that has natives";
    }
  }

  /** Why FFmpeg cannot be used, or empty when it can. */
  static String failure() {
    return FAILURE;
  }

  /** Makes sure that FFmpeg is there. */
  static void require() {
    if (!FAILURE.isEmpty()) {
      throw new IllegalStateException(FAILURE);
    }
  }
}
