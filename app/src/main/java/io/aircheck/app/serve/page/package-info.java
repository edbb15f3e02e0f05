/** Files of the web page, as they are served. */
@NullMarked
package io.aircheck.app.serve.page;

import org.jspecify.annotations.NullMarked;
