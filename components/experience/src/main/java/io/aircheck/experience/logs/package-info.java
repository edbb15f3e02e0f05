/**
 * Reports out of the request logs of delivery networks and web servers: common media client data
 * that players sent with their requests. A {@link io.aircheck.experience.logs.LogFormat} reads
 * lines, {@link io.aircheck.experience.logs.LogReports} makes reports of them.
 */
@NullMarked
package io.aircheck.experience.logs;

import org.jspecify.annotations.NullMarked;
