/**
 * What happens to reports of every schema before anything is made of them: who sent them is reduced
 * to coarse attributes, who has opted out is heeded, and what is not taken is counted. What was
 * taken before, what is missing and wrong clocks are the business of sessions, which know their
 * order.
 */
@NullMarked
package io.aircheck.experience.intake;

import org.jspecify.annotations.NullMarked;
