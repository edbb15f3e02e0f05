/** The store in relational databases. */
@NullMarked
package io.aircheck.storage.sql;

import org.jspecify.annotations.NullMarked;
