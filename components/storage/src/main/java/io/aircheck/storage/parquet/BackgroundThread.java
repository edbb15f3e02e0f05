package io.aircheck.storage.parquet;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Threads that work for long and for nobody who waits give way to the others: on a machine of two
 * processors, who writes a file for a second otherwise takes one of them from all requests. The
 * priorities of Java's threads mean nothing on Linux; niceness does, and is each thread's own there
 * (nice(2), setpriority(2), "C library/kernel differences").
 */
final class BackgroundThread {
  /** About a tenth of what others get, when they want everything. */
  private static final int STEPS = 10;

  private BackgroundThread() {}

  /** Lets the calling thread give way from now on; changes nothing where that is not Linux. */
  static void giveWay() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("nice");
    if (function.isEmpty() || !System.getProperty("os.name").equals("Linux")) {
      return;
    }
    MethodHandle give =
        linker.downcallHandle(
            function.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int ignored = (int) give.invokeExact(STEPS);
    } catch (Throwable impossible) {
      throw new IllegalStateException("nice throws nothing", impossible);
    }
  }
}
