/** A Flink cluster of several JVMs on this machine, from the libraries of Aircheck itself. */
@NullMarked
package io.aircheck.deploy.flink.local;

import org.jspecify.annotations.NullMarked;
