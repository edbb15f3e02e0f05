/** The service over HTTP: API, events, page. */
@NullMarked
package io.aircheck.app.serve.http;

import org.jspecify.annotations.NullMarked;
