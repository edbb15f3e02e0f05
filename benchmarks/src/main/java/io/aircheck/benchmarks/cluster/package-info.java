/** What a cluster does when its processes are killed, and what it costs. */
@NullMarked
package io.aircheck.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
