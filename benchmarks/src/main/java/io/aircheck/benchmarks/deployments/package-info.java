/** The same stream in every deployment there is. */
@NullMarked
package io.aircheck.benchmarks.deployments;

import org.jspecify.annotations.NullMarked;
