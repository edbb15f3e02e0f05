/**
 * The same sessions and sums in pieces that many workers share: what collectors hand over, and the
 * rules by which a runtime that keeps the state goes on with it.
 */
@NullMarked
package io.aircheck.experience.scale;

import org.jspecify.annotations.NullMarked;
