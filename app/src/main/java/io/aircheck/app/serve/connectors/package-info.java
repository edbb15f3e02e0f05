/** Other systems that are told of viewers: what they are handed, and that it arrives. */
@NullMarked
package io.aircheck.app.serve.connectors;

import org.jspecify.annotations.NullMarked;
