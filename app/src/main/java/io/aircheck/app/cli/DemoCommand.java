package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.demo.Demo;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriterFactory;
import java.io.IOException;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: a live stream with faults and the monitor that finds them. */
@Command(
    name = "demo",
    description =
        "Makes a live stream on this machine, injects faults into it and shows how the monitor"
            + " finds them; about a minute and a half.",
    footerHeading = "%nExit status:%n",
    footer = {"  0  all faults were found, or the demo was stopped", "  1  a fault was not found"})
final class DemoCommand implements Callable<Integer> {
  /** Columns of a line where no terminal cuts it. */
  private static final int WIDE = 120;

  @Option(names = "--loop", description = "Begins again at the end, until stopped.")
  private boolean loop;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, MediaException, InterruptedException {
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class)
            .findFirst()
            .orElseThrow(() -> new UsageException("no encoder is installed"));
    while (true) {
      int columns = Terminal.outputColumns().orElse(WIDE);
      Demo demo = Demo.standard(spec.commandLine().getOut(), Terminal.palette(), columns, writers);
      try (demo;
          StopHook hook = new StopHook(demo::close)) {
        boolean found = demo.run();
        if (!loop || demo.isClosed()) {
          return found ? ExitStatus.OK : ExitStatus.FINDINGS;
        }
      }
    }
  }
}
