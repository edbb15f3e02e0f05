/**
 * What addresses lead to: fetching with limits, time-outs and without secrets in messages. Knows
 * nothing of media.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.resource;
