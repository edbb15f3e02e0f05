/**
 * From bodies that players post to what is known of all viewers now: bodies are read and
 * journalled, their reports folded into sessions, and what is new of sessions summed in cubes. All
 * state that a process has of viewers is here.
 */
@NullMarked
package io.aircheck.experience.engine;

import org.jspecify.annotations.NullMarked;
