/** Media for live streams of benchmarks. */
@NullMarked
package io.aircheck.benchmarks.origin;

import org.jspecify.annotations.NullMarked;
