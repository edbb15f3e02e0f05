package io.aircheck.experience.baseline;

/**
 * What is usual.
 *
 * @param quotient sum by sum, without the scale of the ratio
 * @param under how much it was divided by where that was learnt: how well it is known
 */
public record Usual(double quotient, double under) {}
