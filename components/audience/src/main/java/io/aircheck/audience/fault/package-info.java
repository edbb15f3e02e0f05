/** What goes wrong for a part of an audience, on its way to it or in a stream. */
@NullMarked
package io.aircheck.audience.fault;

import org.jspecify.annotations.NullMarked;
