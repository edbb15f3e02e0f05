package io.aircheck.core.copies;

/**
 * A share of a stream that a copy watches.
 *
 * @param share names the part of the detectors; the same name always means the same part
 * @param epoch grows whenever the share goes to another copy, and is never used twice
 */
public record Assignment(String stream, String share, String copy, long epoch) {}
