/** What players tell, whatever schema they speak: the one form that everything behind it reads. */
@NullMarked
package io.aircheck.experience.report;

import org.jspecify.annotations.NullMarked;
