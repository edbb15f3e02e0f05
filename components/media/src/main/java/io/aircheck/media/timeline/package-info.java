/** From the timestamps of a container to media time that never jumps. Plain Java. */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.timeline;
