package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.StreamObservation.Point;
import org.jspecify.annotations.Nullable;

/**
 * Which task of a topology.
 *
 * @param stream stream id
 * @param rendition rendition of the ladder, or null where there is none
 * @param point which of the compared points of the programme it looks at
 */
public record TaskId(String stream, @Nullable String rendition, Point point) {}
