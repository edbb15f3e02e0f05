/** Generated pictures and sound that look and sound like a programme without a fault. */
@org.jspecify.annotations.NullMarked
package io.aircheck.faults.scene;
