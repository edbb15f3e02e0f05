/** Reads records in JSON that may be wrong in any way, each for itself. */
@NullMarked
package io.aircheck.experience.json;

import org.jspecify.annotations.NullMarked;
