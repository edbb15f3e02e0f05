/** Breaks in the programme, as splice information announces them. */
package io.aircheck.detectors.splice;
