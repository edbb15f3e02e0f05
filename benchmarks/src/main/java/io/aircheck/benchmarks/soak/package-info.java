/** The service watching many unsteady streams for long: what grows, what leaks, what gets stuck. */
@NullMarked
package io.aircheck.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
