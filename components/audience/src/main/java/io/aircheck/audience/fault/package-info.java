/** What goes wrong for a part of an audience, on a schedule. */
@NullMarked
package io.aircheck.audience.fault;

import org.jspecify.annotations.NullMarked;
