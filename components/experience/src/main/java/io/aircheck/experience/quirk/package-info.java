/**
 * What players are known to tell wrongly, each in a small class that mends it, with a captured
 * report as its test. Players do not say in common media client data who they are, so a quirk is
 * known by its sign, not by a name: what cannot be right is not believed, whoever says it.
 */
@NullMarked
package io.aircheck.experience.quirk;

import org.jspecify.annotations.NullMarked;
