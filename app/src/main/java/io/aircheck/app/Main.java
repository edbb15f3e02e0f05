package io.aircheck.app;

import io.aircheck.app.cli.AircheckCommand;
import io.aircheck.app.cli.ExitStatus;
import io.aircheck.app.cli.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--version")) {
      // Asked by scripts all the time: not worth setting up the command line.
      System.out.println(Version.line());
      return;
    }
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out), Main::leave);
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    int status = AircheckCommand.run(writer(out), err, args);
    if (out.failure().isPresent()) {
      err.println("aircheck: cannot write to standard output: " + out.failure().get().getMessage());
      status = ExitStatus.USAGE;
    }
    System.exit(status);
  }

  /** Ends as other programs do by SIGPIPE, which the JVM ignores; whoever writes is not held up. */
  private static void leave() {
    Thread.ofPlatform()
        .daemon()
        .name("aircheck-leave")
        .start(() -> System.exit(ExitStatus.BROKEN_PIPE));
  }

  /** UTF-8 whatever the locale: reports are read by programs. */
  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
