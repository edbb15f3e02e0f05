/**
 * Tables of facts in Parquet files by hours, on a disk or in a bucket, written and asked by DuckDB.
 * What is in the files and where they lie is in {@code docs/viewers/history.md}.
 */
@NullMarked
package io.aircheck.storage.parquet;

import org.jspecify.annotations.NullMarked;
