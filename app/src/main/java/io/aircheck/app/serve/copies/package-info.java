/** This process as one of several that make one service. */
@NullMarked
package io.aircheck.app.serve.copies;

import org.jspecify.annotations.NullMarked;
