/** Splice information of ANSI/SCTE 35, wherever it is carried. */
package io.aircheck.media.splice;
