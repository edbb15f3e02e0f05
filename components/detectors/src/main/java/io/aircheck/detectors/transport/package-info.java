/** Findings from what a transport stream reveals of itself. */
package io.aircheck.detectors.transport;
