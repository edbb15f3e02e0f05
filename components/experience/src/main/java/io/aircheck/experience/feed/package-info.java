/**
 * What is told to other systems of viewers, in an order from which it can be taken up again: rows
 * of the cube by windows, and what is new of sessions. Pure but for being thread-safe: no clock, no
 * I/O, no threads.
 */
@NullMarked
package io.aircheck.experience.feed;

import org.jspecify.annotations.NullMarked;
