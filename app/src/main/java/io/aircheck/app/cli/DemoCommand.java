package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.demo.Demo;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriterFactory;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URI;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: live streams and viewers with faults, and the service that finds them. */
@Command(
    name = "demo",
    description =
        "Makes live streams on this machine with simulated viewers, injects faults into them and"
            + " into a CDN, and shows how the service finds them and whom they hit: on its page, by"
            + " its webhook and here. A round takes two to three minutes; on a terminal it begins"
            + " again until Ctrl-C.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all faults of a round were found, with the viewers that they hit, or the demo was"
          + " stopped",
      "  1  a fault was not found, or no viewers that it hit",
      "  2  the port is taken"
    })
final class DemoCommand implements Callable<Integer> {
  /** Columns of a line where no terminal cuts it. */
  private static final int WIDE = 120;

  /** Held, since loggers that nobody holds forget their level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  @Option(names = "--loop", description = "Begins again after a round, also without a terminal.")
  private boolean loop;

  @Option(names = "--once", description = "Ends after a round, also on a terminal.")
  private boolean once;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of the page; default: a free one.")
  private int port;

  @Option(names = "--no-browser", description = "Does not open the page.")
  private boolean noBrowser;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, MediaException, InterruptedException {
    if (loop && once) {
      throw new UsageException("--loop and --once contradict each other; leave one out");
    }
    if (port < 0 || port > 65535) {
      throw new UsageException("--port is " + port + ", must be from 0 to 65535");
    }
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class)
            .findFirst()
            .orElseThrow(() -> new UsageException("no encoder is installed"));
    LIBRARIES.setLevel(Level.WARNING);
    int columns = Terminal.outputColumns().orElse(WIDE);
    boolean again = loop || Terminal.isOutput() && !once;
    Demo demo =
        Demo.standard(spec.commandLine().getOut(), Terminal.palette(), columns, writers, port);
    try (demo;
        StopHook hook = new StopHook(demo::close)) {
      return demo.run(again, this::show) ? ExitStatus.OK : ExitStatus.FINDINGS;
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens the page where somebody sits in front of a desktop. */
  private void show(String page) {
    if (noBrowser || !Terminal.isOutput() || GraphicsEnvironment.isHeadless()) {
      return;
    }
    try {
      if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
        Desktop.getDesktop().browse(URI.create(page));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Its address is on the screen.
      return;
    }
  }
}
