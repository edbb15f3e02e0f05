package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.inject.Injection;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSources;
import io.aircheck.faults.inject.FaultKind;
import io.aircheck.faults.inject.FaultRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inject}: makes a defective copy of clean media, with labels that say what is wrong. */
@Command(
    name = "inject",
    description =
        "Makes a defective copy of clean media, and labels that say what is wrong with it, to prove"
            + " that monitoring works.")
final class InjectCommand implements Callable<Integer> {
  /** Kinds of fault, for the help. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return FaultKind.words().iterator();
    }
  }

  @Parameters(index = "0", paramLabel = "INPUT", description = "Clean media.")
  private String input = "";

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT",
      description = "Copy to write; its ending tells the container: .ts, .mp4, .mkv, .m3u8.")
  private Path output = Path.of("");

  @Option(
      names = "--fault",
      required = true,
      paramLabel = "KIND@start+duration[,name=value...]",
      completionCandidates = Words.class,
      description =
          "Fault to inject, times in seconds; may be given several times. KIND is one of"
              + " ${COMPLETION-CANDIDATES}; parameters are in docs/inject.md.")
  private List<String> faults = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      List<FaultRequest> requests = faults.stream().map(FaultRequest::parse).toList();
      Path labels = new Injection(MediaSources.installed()).run(input, output, requests);
      spec.commandLine().getOut().println(output + ", labels in " + labels);
      return ExitStatus.OK;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    } catch (MediaException e) {
      spec.commandLine().getErr().println("aircheck: " + e.getMessage());
      return ExitStatus.INPUT;
    } catch (IOException e) {
      throw new UsageException("cannot write " + output + ": " + e.getMessage(), e);
    }
  }
}
