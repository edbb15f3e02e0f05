/** Events of media in the schemas of Snowplow, as its trackers post them. */
@NullMarked
package io.aircheck.experience.snowplow;

import org.jspecify.annotations.NullMarked;
