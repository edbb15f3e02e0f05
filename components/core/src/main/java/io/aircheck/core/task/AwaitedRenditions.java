package io.aircheck.core.task;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task is given while the renditions of its live input cannot be read: it never opens
 * anything. So the task tells its detectors that the stream is unavailable, with the retries and
 * delays of any other one, until the renditions are known, and is to be stopped then. Thread-safe.
 */
public final class AwaitedRenditions implements MediaSources {
  private final MediaSources sources;
  private volatile Runnable then = () -> {};
  private volatile @Nullable List<String> known;

  /**
   * @param sources are asked for the renditions
   */
  public AwaitedRenditions(MediaSources sources) {
    this.sources = sources;
  }

  /** What is to be done as soon as they are known, on the thread of the task: to stop it. */
  public void whenKnown(Runnable action) {
    then = action;
  }

  /** Ids of the renditions, none for an input that is not a ladder; empty until they are known. */
  public Optional<List<String>> known() {
    return Optional.ofNullable(known);
  }

  /** None: the task is not about any of them. */
  @Override
  public List<String> renditions(SourceRequest request) {
    return List.of();
  }

  /**
   * Asks for the renditions.
   *
   * @throws MediaException always: they cannot be read yet, or there is nothing more to wait for
   */
  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    known = List.copyOf(sources.renditions(request));
    then.run();
    throw new MediaException(MediaException.Reason.DISCONNECTED, "the renditions are known");
  }
}
