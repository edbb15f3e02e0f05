/** MPEG transport streams as transport: the indicators of ETSI TR 101 290, in plain Java. */
package io.aircheck.media.transport;
