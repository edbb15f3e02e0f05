/** Simulated viewers sent to a running service: pacing, connections, and the truth at the end. */
@NullMarked
package io.aircheck.app.viewers;

import org.jspecify.annotations.NullMarked;
