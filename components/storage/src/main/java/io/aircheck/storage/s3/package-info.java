/** Evidence in a bucket of S3, or of what speaks its protocol. */
@NullMarked
package io.aircheck.storage.s3;

import org.jspecify.annotations.NullMarked;
