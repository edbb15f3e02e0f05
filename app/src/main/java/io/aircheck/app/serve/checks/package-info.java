/** Quality control of files and finite streams on demand. */
@NullMarked
package io.aircheck.app.serve.checks;

import org.jspecify.annotations.NullMarked;
