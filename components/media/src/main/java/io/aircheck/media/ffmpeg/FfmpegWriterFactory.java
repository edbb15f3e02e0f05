package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.WriteRequest;

/** Writes H.264 (OpenH264) and AAC-LC into any container FFmpeg multiplexes. */
public final class FfmpegWriterFactory implements MediaWriterFactory {

  @Override
  public MediaWriter create(WriteRequest request) throws MediaException {
    return FfmpegWriter.open(request.output().toString(), request);
  }
}
