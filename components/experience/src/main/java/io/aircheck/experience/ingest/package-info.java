/**
 * Takes in request logs: files that grow, objects of a bucket, bodies that are pushed. An {@link
 * io.aircheck.experience.ingest.LogIntake} makes reports of lines and has them kept together with
 * how far the log was read, so that an end of the process neither loses nor doubles lines.
 */
@NullMarked
package io.aircheck.experience.ingest;

import org.jspecify.annotations.NullMarked;
