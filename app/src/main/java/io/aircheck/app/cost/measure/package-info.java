/** Measures what deployments use for the same media. */
@NullMarked
package io.aircheck.app.cost.measure;

import org.jspecify.annotations.NullMarked;
