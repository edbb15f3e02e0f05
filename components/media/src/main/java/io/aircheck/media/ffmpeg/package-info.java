/**
 * The media converter: FFmpeg in process, from bytes to pictures and sound. The only package that
 * touches natives.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.ffmpeg;
