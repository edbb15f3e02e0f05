/**
 * What is usual for some views, and how unusual a window of them is: by the hour of the week where
 * that is known, else by the recent past, with as much certainty as their traffic allows. Pure: no
 * clock, no I/O, no threads. The definitions are in {@code docs/viewers/alerts.md}.
 */
@NullMarked
package io.aircheck.experience.baseline;

import org.jspecify.annotations.NullMarked;
