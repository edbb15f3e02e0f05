/** Reports in the schema of Eyevinn's Player Analytics Specification, versions 0.1 and 0.2. */
@NullMarked
package io.aircheck.experience.epas;

import org.jspecify.annotations.NullMarked;
