/** Live streams that misbehave on schedule, served on the loopback interface. */
@org.jspecify.annotations.NullMarked
package io.aircheck.faults.hls;
