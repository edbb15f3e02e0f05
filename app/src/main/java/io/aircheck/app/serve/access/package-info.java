/** Who may do what. */
@NullMarked
package io.aircheck.app.serve.access;

import org.jspecify.annotations.NullMarked;
