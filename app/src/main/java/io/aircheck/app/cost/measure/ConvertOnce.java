package io.aircheck.app.cost.measure;

import io.aircheck.app.cost.measure.share.FrameServer;
import io.aircheck.app.monitor.PacedSources;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.task.TaskClock;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.io.IOException;
import java.util.List;

/**
 * Converts once and shares: this process decodes, others look at what it decoded, each with its
 * part of the detectors. Not a deployment, since {@code decode-again} is: here to know the
 * difference.
 */
final class ConvertOnce implements Candidate {

  @Override
  public String id() {
    return "convert-once";
  }

  @Override
  public String description() {
    return "detectors split between %d processes, a third one decodes for them; shared memory"
        .formatted(Split.PARTS);
  }

  @Override
  public int[] streams() {
    return new int[] {1, 2};
  }

  @Override
  public Running start(Work work, ProbeFactory probes, Witness witness) throws IOException {
    work.requireDetectors(Split.PARTS);
    MediaSources sources = MediaSources.installed();
    FrameServer server =
        new FrameServer(
            new PacedSources(sources, TaskClock.SYSTEM), onlyRendition(sources, work), Split.PARTS);
    DeployedCandidate.Deployed deployed =
        new DeployedCandidate.Deployed(
            Candidates.isolated(probes, Split.PARTS),
            name -> Split.parts(work.withSource(server.request(name)).withoutRenditions(), name),
            witness);
    return new Running() {
      @Override
      public void watch(int streams) {
        deployed.watch(streams);
      }

      @Override
      public Usage usage() {
        return deployed.usage().plus(server.usage());
      }

      @Override
      public void close() {
        deployed.close();
        server.close();
      }
    };
  }

  private static SourceRequest onlyRendition(MediaSources sources, Work work) throws IOException {
    List<String> renditions;
    try {
      renditions = sources.renditions(work.source());
    } catch (MediaException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
    List<String> chosen = work.renditions().isEmpty() ? renditions : work.renditions();
    if (chosen.size() > 1) {
      throw new IOException("it is measured with one rendition: choose one by --renditions");
    }
    return chosen.isEmpty() ? work.source() : work.source().withRendition(chosen.getFirst());
  }
}
