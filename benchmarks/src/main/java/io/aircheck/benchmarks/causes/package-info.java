/** Data sets with known root causes, read or made, and the score of methods on them. */
@NullMarked
package io.aircheck.benchmarks.causes;

import org.jspecify.annotations.NullMarked;
