/**
 * The join of what the monitor saw with what viewers lived through: how many were shown a defect,
 * for how long, and what became of them beside viewers of the same content who were not. Pure: no
 * clock, no I/O, no threads. Definitions are in {@code docs/viewers/exposure.md}.
 */
@NullMarked
package io.aircheck.experience.exposure;

import org.jspecify.annotations.NullMarked;
