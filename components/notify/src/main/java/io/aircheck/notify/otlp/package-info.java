/** Metrics to receivers of OpenTelemetry. */
@NullMarked
package io.aircheck.notify.otlp;

import org.jspecify.annotations.NullMarked;
