/** Sound against picture within one stream. */
@org.jspecify.annotations.NullMarked
package io.aircheck.detectors.sync;
