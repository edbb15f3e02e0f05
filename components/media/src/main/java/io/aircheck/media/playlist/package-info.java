/**
 * Renditions and segments as data, and how a playlist changes from one version to the next. Pure:
 * what HLS and DASH have in common, whichever text it was read from; no I/O and no clock.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.playlist;
