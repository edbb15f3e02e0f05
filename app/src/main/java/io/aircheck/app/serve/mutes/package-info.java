/** Times in which nobody is told. */
@NullMarked
package io.aircheck.app.serve.mutes;

import org.jspecify.annotations.NullMarked;
