/** Findings from what playlists and the delivery of segments reveal. */
package io.aircheck.detectors.manifest;
