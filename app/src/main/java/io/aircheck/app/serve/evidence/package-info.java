/** What proves an incident. */
@NullMarked
package io.aircheck.app.serve.evidence;

import org.jspecify.annotations.NullMarked;
