/**
 * Reports of viewers in the service: what is kept where, by which settings, and on which thread.
 */
@NullMarked
package io.aircheck.app.serve.viewers;

import org.jspecify.annotations.NullMarked;
