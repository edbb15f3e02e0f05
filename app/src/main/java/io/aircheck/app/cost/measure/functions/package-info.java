/** Functions, measured without an account: called from here, over a bucket of this machine. */
@NullMarked
package io.aircheck.app.cost.measure.functions;

import org.jspecify.annotations.NullMarked;
