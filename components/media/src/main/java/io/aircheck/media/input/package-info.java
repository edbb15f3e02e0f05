/**
 * Where the bytes of an input come from, free of natives: what a protocol reader implements so that
 * {@link io.aircheck.media.ffmpeg.DecodePipeline} can demultiplex and decode what it delivers.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.input;
