/**
 * What players sent, in files, before anything is made of it: what was acknowledged survives the
 * end of the process, and is read again by the next one.
 */
@NullMarked
package io.aircheck.experience.journal;

import org.jspecify.annotations.NullMarked;
