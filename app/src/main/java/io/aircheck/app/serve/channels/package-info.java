/** The places that are told. */
@NullMarked
package io.aircheck.app.serve.channels;

import org.jspecify.annotations.NullMarked;
