/** Aircheck's own form of reports, for players that speak nothing else. */
@NullMarked
package io.aircheck.experience.plain;

import org.jspecify.annotations.NullMarked;
