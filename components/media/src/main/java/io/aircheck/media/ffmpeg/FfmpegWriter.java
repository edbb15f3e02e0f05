package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.WriteRequest;
import org.jspecify.annotations.Nullable;

/** Encodes and multiplexes with FFmpeg. Times of pictures and sound are written as they are. */
final class FfmpegWriter implements MediaWriter {
  private final Muxer muxer;
  private @Nullable PictureEncoder pictures;
  private @Nullable SoundEncoder sound;
  private boolean closed;

  private FfmpegWriter(Muxer muxer) {
    this.muxer = muxer;
  }

  /**
   * Opens an output.
   *
   * @param output file or address; stands for the path of the request
   */
  static FfmpegWriter open(String output, WriteRequest request) throws MediaException {
    Natives.require();
    if (request.video().isEmpty() && request.audio().isEmpty()) {
      throw new MediaException(Reason.UNSUPPORTED, "neither pictures nor sound to write");
    }
    FfmpegWriter writer =
        new FfmpegWriter(new Muxer(output, request.container(), request.muxerOptions()));
    try {
      if (request.video().isPresent()) {
        writer.pictures = new PictureEncoder(request.video().get(), writer.muxer);
      }
      if (request.audio().isPresent()) {
        writer.sound = new SoundEncoder(request.audio().get(), writer.muxer);
      }
      writer.muxer.writeHeader();
      return writer;
    } catch (MediaException failure) {
      writer.close();
      throw failure;
    }
  }

  @Override
  public void video(FrameView frame) throws MediaException {
    if (pictures == null) {
      throw new MediaException(Reason.UNSUPPORTED, "a picture for an output of sound alone");
    }
    pictures.encode(frame);
  }

  @Override
  public void audio(AudioView audio) throws MediaException {
    if (sound == null) {
      throw new MediaException(Reason.UNSUPPORTED, "sound for an output of pictures alone");
    }
    sound.encode(audio);
  }

  @Override
  public void finish() throws MediaException {
    if (pictures != null) {
      pictures.flush();
    }
    if (sound != null) {
      sound.flush();
    }
    muxer.writeTrailer();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (pictures != null) {
      pictures.close();
    }
    if (sound != null) {
      sound.close();
    }
    muxer.close();
  }
}
