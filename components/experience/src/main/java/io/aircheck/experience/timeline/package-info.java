/**
 * One session as a line of time: what its player did when, and what it told. It is made again from
 * reports when somebody asks, so that sessions stay as small as they are.
 */
@NullMarked
package io.aircheck.experience.timeline;

import org.jspecify.annotations.NullMarked;
