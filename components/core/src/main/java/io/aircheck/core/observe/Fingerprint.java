package io.aircheck.core.observe;

import io.aircheck.core.media.TimestampScope;
import java.io.Serializable;

/**
 * A signature of a stretch of picture or sound. What the values mean is a matter between the
 * detector that writes and the fold that compares; both belong to one version.
 *
 * @param track track id
 * @param scheme name and version of the signature, such as {@code picture.blocks/1}
 * @param ptsMicros media time of the first value
 * @param stepMicros time between consecutive values or rows of values; 0 where the scheme says
 *     otherwise
 * @param scope how media time relates to the timestamps of the input here
 * @param values the signature; do not write
 */
public record Fingerprint(
    String track,
    String scheme,
    long ptsMicros,
    long stepMicros,
    TimestampScope scope,
    float[] values)
    implements Serializable {}
