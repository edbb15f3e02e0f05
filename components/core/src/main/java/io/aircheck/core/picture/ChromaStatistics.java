package io.aircheck.core.picture;

/**
 * Mean colour per cell of {@link PictureGrid}, 8-bit scale, 128 is neutral; grey pictures are
 * neutral everywhere.
 *
 * @param cb mean Cb per cell, {@link PictureGrid#CELLS} values; do not write
 * @param cr mean Cr per cell, likewise
 * @param meanCb mean Cb of the picture
 * @param meanCr mean Cr of the picture
 */
public record ChromaStatistics(float[] cb, float[] cr, double meanCb, double meanCr) {}
