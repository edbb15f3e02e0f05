/** Many viewers in virtual time: their reports in the order of time, and the truth of them all. */
@NullMarked
package io.aircheck.audience.simulation;

import org.jspecify.annotations.NullMarked;
