/** What becomes of reports on their way: lost, doubled, out of order, late. */
@NullMarked
package io.aircheck.audience.network;

import org.jspecify.annotations.NullMarked;
