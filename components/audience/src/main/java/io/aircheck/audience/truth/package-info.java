/** What viewers truly lived through, summed by dimension. */
@NullMarked
package io.aircheck.audience.truth;

import org.jspecify.annotations.NullMarked;
