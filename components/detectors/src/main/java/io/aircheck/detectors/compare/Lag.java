package io.aircheck.detectors.compare;

/**
 * How much later something is seen or heard at one point than at another, in media time.
 *
 * @param micros time here minus time there
 * @param best correlation at this lag, at most 1
 * @param rival best correlation at any other lag
 * @param accepted whether that is enough to rely on
 * @param exact whether it was found picture by picture, not by interpolation
 */
record Lag(double micros, double best, double rival, boolean accepted, boolean exact) {}
