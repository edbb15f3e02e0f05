/** Everything that changes, for whoever looks on. */
@NullMarked
package io.aircheck.app.serve.events;

import org.jspecify.annotations.NullMarked;
