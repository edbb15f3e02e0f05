package io.aircheck.app.serve.streams;

import io.aircheck.app.check.AnalysisDeployment;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Opens an address for a moment to tell what is there. Thread-safe. */
public final class StreamProbe {
  private static final String STREAM = "probe";
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /**
   * What was found.
   *
   * @param info the input, or the first rendition of the ladder
   * @param renditions ids of the renditions; empty for an input that is not a ladder
   * @param thumbnail the first picture as a {@code data:} URL
   */
  public record Result(MediaInfo info, List<String> renditions, Optional<String> thumbnail) {}

  private final AnalysisDeployment where;
  private final MediaSources sources;
  private final AddressRule addresses;

  /**
   * @param where inputs are opened
   * @param sources tell what renditions there are; playlists are no danger to this process
   * @param addresses where inputs may lead to
   */
  public StreamProbe(AnalysisDeployment where, MediaSources sources, AddressRule addresses) {
    this.where = where;
    this.sources = sources;
    this.addresses = addresses;
  }

  /**
   * Looks at an address; blocks for some seconds at most.
   *
   * @throws MediaException when it cannot be opened, with a message for users
   */
  public Result look(StreamSettings settings) throws MediaException {
    SourceRequest request =
        StreamWatch.request(settings, settings.url())
            .withReadTimeout(READ_TIMEOUT)
            .withAddresses(addresses);
    List<String> renditions = sources.renditions(request);
    StreamSpec stream =
        new StreamSpec(
            STREAM,
            request,
            Optional.empty(),
            renditions.stream().limit(1).toList(),
            List.of(),
            false);
    FirstLook look = new FirstLook();
    try (Deployment.Handle handle =
        where
            .create(id -> look, look::lost)
            .deploy(new Topology(List.of(stream), List.of()), observation -> {})) {
      MediaInfo info = look.await(PATIENCE);
      return new Result(info, renditions, look.picture().map(StreamProbe::dataUrl));
    }
  }

  private static String dataUrl(byte[] jpeg) {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
  }
}
