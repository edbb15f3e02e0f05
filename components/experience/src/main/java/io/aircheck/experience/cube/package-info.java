/**
 * Sums of all views by windows of time and values of dimensions, in bounded memory. Pure: no clock,
 * no I/O, no threads. What is kept and how exactly is in {@code docs/viewers/cubes.md}.
 */
@NullMarked
package io.aircheck.experience.cube;

import org.jspecify.annotations.NullMarked;
