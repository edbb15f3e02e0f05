/** Which streams are watched, and how each of them is. */
@NullMarked
package io.aircheck.app.serve.streams;

import org.jspecify.annotations.NullMarked;
