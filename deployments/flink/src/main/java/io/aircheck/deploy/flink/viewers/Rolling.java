package io.aircheck.deploy.flink.viewers;

import java.io.Serializable;
import java.time.Duration;

/**
 * When views become files, at the next checkpoint. Until then they are part of each.
 *
 * @param mostViews when there are so many
 * @param after when the first has waited for so long
 */
public record Rolling(int mostViews, Duration after) implements Serializable {}
