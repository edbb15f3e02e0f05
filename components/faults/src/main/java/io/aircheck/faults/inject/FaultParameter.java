package io.aircheck.faults.inject;

/**
 * How strong a fault is, as data.
 *
 * @param name camel case with the unit at the end
 * @param defaultValue value where none is given
 * @param help what it is
 */
public record FaultParameter(
    String name, double defaultValue, double min, double max, String help) {}
