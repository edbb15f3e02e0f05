/**
 * What happens to reports of every schema before anything is made of them: who sent them is reduced
 * to coarse attributes, what was taken before is not taken again, what is missing is counted, and
 * wrong clocks are put right.
 */
@NullMarked
package io.aircheck.experience.intake;

import org.jspecify.annotations.NullMarked;
