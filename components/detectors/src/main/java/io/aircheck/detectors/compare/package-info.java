/**
 * Comparison of two points of one programme, or of the renditions of a ladder: signatures of
 * picture and sound that are small enough to travel, and folds that find the lag between them.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.detectors.compare;
