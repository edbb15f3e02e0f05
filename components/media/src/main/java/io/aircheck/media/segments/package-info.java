/**
 * One rendition as bytes: which segment is due, fetching and decrypting it, what its times and its
 * delivery reveal, and where in media time it is.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.segments;
