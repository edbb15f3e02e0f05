package io.aircheck.app;

import io.aircheck.app.cli.AircheckCommand;
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
    PrintWriter out = writer(new FileOutputStream(FileDescriptor.out));
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    System.exit(AircheckCommand.run(out, err, args));
  }

  /** UTF-8 whatever the locale: reports are read by programs. */
  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
