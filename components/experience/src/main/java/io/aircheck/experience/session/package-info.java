/**
 * Reports of one session to views and what is measured of them. Pure: no clock, no I/O, no threads.
 * The definitions are in {@code docs/viewers/metrics.md}.
 */
@NullMarked
package io.aircheck.experience.session;

import org.jspecify.annotations.NullMarked;
