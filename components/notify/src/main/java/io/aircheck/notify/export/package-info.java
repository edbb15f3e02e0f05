/** Data for other systems, in batches: what they are handed, and what became of it. */
@NullMarked
package io.aircheck.notify.export;

import org.jspecify.annotations.NullMarked;
