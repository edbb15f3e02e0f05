/** Viewers as a job: reports from Kafka, sessions as keyed state, sums and facts to stores. */
@NullMarked
package io.aircheck.deploy.flink.viewers;

import org.jspecify.annotations.NullMarked;
