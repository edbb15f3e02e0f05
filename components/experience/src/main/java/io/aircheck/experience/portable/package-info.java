/** Reports in JSON of our own: what collectors hand over, and what is kept of request logs. */
@NullMarked
package io.aircheck.experience.portable;

import org.jspecify.annotations.NullMarked;
