/**
 * What is counted of viewing: exact sums that can be added over views, windows and dimensions, and
 * the ratios that are made of sums alone.
 */
@NullMarked
package io.aircheck.experience.measure;

import org.jspecify.annotations.NullMarked;
