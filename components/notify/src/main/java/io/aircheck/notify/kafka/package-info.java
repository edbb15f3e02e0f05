/** Events to topics of Apache Kafka. */
package io.aircheck.notify.kafka;
