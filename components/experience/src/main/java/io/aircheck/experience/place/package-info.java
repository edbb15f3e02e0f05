/**
 * Where viewers are, coarsely, by databases in the MaxMind DB format that the operator supplies.
 * Addresses are looked up and kept nowhere, not in a cache either.
 */
@NullMarked
package io.aircheck.experience.place;

import org.jspecify.annotations.NullMarked;
