package io.aircheck.media.ffmpeg;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * What a decoder takes in large blocks is given back to the system as soon as it is freed.
 *
 * <p>The allocator of glibc does so with blocks from 128 kB on, until the first of them is freed:
 * then it keeps blocks of that size between small ones, and what is between them is lost to
 * everybody when streams are opened and closed all the time. Setting the bound, even to its
 * default, keeps it where it is (mallopt(3), M_MMAP_THRESHOLD).
 */
final class LargeBlocks {
  /** M_MMAP_THRESHOLD of malloc.h. */
  private static final int THRESHOLD = -3;

  private static final int BYTES = 128 << 10;

  private LargeBlocks() {}

  /** Sets it for the process; changes nothing where the C library is another one. */
  static void giveBackAtOnce() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> option = linker.defaultLookup().find("mallopt");
    if (option.isEmpty()) {
      return;
    }
    MethodHandle set =
        linker.downcallHandle(
            option.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int ignored = (int) set.invokeExact(THRESHOLD, BYTES);
    } catch (Throwable impossible) {
      throw new IllegalStateException("mallopt throws nothing", impossible);
    }
  }
}
