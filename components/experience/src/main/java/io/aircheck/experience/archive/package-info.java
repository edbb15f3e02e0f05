/**
 * What is kept of viewers for longer than the cube of the latest windows: what is new of each view
 * by hours, and the sums of that cube by minutes. Both are tables of facts, whoever keeps them.
 * What is in them is said in {@code docs/viewers/history.md}.
 */
@NullMarked
package io.aircheck.experience.archive;

import org.jspecify.annotations.NullMarked;
