package io.aircheck.app.serve.viewers;

import io.aircheck.core.meter.Meter;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What everything that is kept of viewers shares with the process that it is in.
 *
 * @param meter told what buckets are billed for: of viewers, and of no stream
 * @param clock the time of day
 * @param log told one line about what an operator should know
 */
public record ViewerSurroundings(Meter meter, InstantSource clock, Consumer<String> log) {}
