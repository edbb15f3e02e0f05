package io.aircheck.core.picture;

/**
 * Level statistics of the luma plane of one picture, 8-bit scale.
 *
 * @param mean mean luma, 0..255
 * @param histogram share of samples per code value, 256 entries that sum to 1; do not write
 */
public record LumaStatistics(double mean, float[] histogram) {}
