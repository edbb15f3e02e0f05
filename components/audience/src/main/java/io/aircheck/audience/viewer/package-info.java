/**
 * One viewer in virtual time: what happens to him, what is true of it, and what his player reports.
 * No clock, no I/O, no threads.
 */
@NullMarked
package io.aircheck.audience.viewer;

import org.jspecify.annotations.NullMarked;
