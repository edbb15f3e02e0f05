/** Evidence in folders. */
@NullMarked
package io.aircheck.storage.files;

import org.jspecify.annotations.NullMarked;
