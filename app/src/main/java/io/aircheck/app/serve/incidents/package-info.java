/** From observations to incidents that are stored, told and worked with. */
@NullMarked
package io.aircheck.app.serve.incidents;

import org.jspecify.annotations.NullMarked;
