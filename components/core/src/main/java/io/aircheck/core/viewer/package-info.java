/**
 * How viewers are read and summed by a runtime that keeps the state: what a component does, cut so
 * that many workers can share it, and where its results go.
 */
@NullMarked
package io.aircheck.core.viewer;

import org.jspecify.annotations.NullMarked;
