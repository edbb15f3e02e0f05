/**
 * Arithmetic on vectors of the machine whose results are the same on every machine, and the same
 * before and after code is compiled.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.detectors.vector;
