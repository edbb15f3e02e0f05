/**
 * Opens HLS and DASH: finds out what an address is, chooses the rendition, and joins the reading of
 * segments with the decoder.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.adaptive;
