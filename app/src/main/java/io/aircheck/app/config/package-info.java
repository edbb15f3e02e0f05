/** Configuration files and settings in general: reading, references to secrets, problems. */
@NullMarked
package io.aircheck.app.config;

import org.jspecify.annotations.NullMarked;
