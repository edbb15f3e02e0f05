/**
 * Where a change is: of a table of what was forecast and what came, by the values of dimensions,
 * the smallest set of values that explains the difference. Pure and deterministic. How good the
 * methods are is in {@code docs/benchmarks.md}, what they do not see in {@code
 * docs/viewers/alerts.md}.
 */
@NullMarked
package io.aircheck.experience.cause;

import org.jspecify.annotations.NullMarked;
