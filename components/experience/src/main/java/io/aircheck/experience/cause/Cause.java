package io.aircheck.experience.cause;

/**
 * A place that explains a change, or a part of it.
 *
 * @param where values of dimensions
 * @param share how much of the whole change is there, 1 for all of it; more than 1 if other places
 *     changed the other way
 * @param score how well it explains, by the measure of the method that found it; comparable only
 *     within one method
 */
public record Cause(Combination where, double share, double score) {}
