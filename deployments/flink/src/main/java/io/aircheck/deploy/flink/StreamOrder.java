package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamSpec;

/**
 * A stream to be watched.
 *
 * @param run names this stream with these settings: another run of the same stream has another
 *     name. A stream that is only watched more or less closely keeps its run
 * @param stream what to watch
 */
record StreamOrder(String run, StreamSpec stream) {}
