/**
 * Windows of all viewers to alerts: what got worse, for whom, and where it comes from. Pure: no
 * clock, no I/O, no threads. Definitions and limits are in {@code docs/viewers/alerts.md}.
 */
@NullMarked
package io.aircheck.experience.alert;

import org.jspecify.annotations.NullMarked;
