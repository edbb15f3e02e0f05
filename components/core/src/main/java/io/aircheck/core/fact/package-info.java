/**
 * Tables of facts: what was measured of many things, by what they have in common and by time, in
 * numbers that can be summed. The terms are those of star schemas (Kimball).
 */
@NullMarked
package io.aircheck.core.fact;

import org.jspecify.annotations.NullMarked;
