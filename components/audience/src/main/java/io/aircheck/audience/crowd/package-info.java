/** Who watches what, by which ways, and when they come. */
@NullMarked
package io.aircheck.audience.crowd;

import org.jspecify.annotations.NullMarked;
