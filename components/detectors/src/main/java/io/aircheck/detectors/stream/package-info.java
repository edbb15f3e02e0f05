/** Findings about an input as a whole: its time, its tracks, whether it is there. */
package io.aircheck.detectors.stream;
