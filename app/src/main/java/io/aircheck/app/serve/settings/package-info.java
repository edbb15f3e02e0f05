/** What the service is told to do: one model for the configuration file and for the API. */
@NullMarked
package io.aircheck.app.serve.settings;

import org.jspecify.annotations.NullMarked;
