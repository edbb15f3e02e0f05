/**
 * Decoded pictures and sound handed from one process to others on the same machine: what Aircheck
 * does not do, to know what it would cost. Pictures go through memory that the processes share, one
 * copy for all of them; everything else through a connection for each.
 */
@NullMarked
package io.aircheck.app.cost.measure.share;

import org.jspecify.annotations.NullMarked;
