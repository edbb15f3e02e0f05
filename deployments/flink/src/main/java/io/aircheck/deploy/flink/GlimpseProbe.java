package io.aircheck.deploy.flink;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a task where it runs. Used by its thread, but for {@link #showAgain} and what it keeps.
 */
final class GlimpseProbe implements TaskProbe {
  /** The latest value of a metric: metrics come with each picture, and are taken now and then. */
  private static final class Reading {
    private long ptsMicros;
    private double value;
    private boolean fresh;
  }

  /**
   * So many stills go out at once: of a live input there is one a second, of a file that is read as
   * fast as it goes very many.
   */
  private static final int MOST_STILLS = 4;

  private final Function<FrameView, Optional<byte[]>> stills;

  /** By track, then by metric. */
  private final Map<String, Map<String, Reading>> readings = new LinkedHashMap<>();

  private Glimpse.@Nullable State state;
  private final Deque<Glimpse.Still> taken = new ArrayDeque<>();
  private Glimpse.@Nullable Depth depth;
  private Glimpse.@Nullable Shedding shedding;
  private volatile boolean changed;
  private volatile @Nullable PacketRecording recording;
  private volatile @Nullable RequestLog requests;

  /**
   * @param stills makes small copies of pictures when it is time for one
   */
  GlimpseProbe(Function<FrameView, Optional<byte[]>> stills) {
    this.stills = stills;
  }

  /** Somebody looks who has seen nothing before. */
  void showAgain() {
    changed = true;
  }

  /** What is to be seen since the last call. */
  Glimpse take() {
    boolean all = changed;
    changed = false;
    Glimpse glimpse =
        new Glimpse(
            all ? Optional.ofNullable(state) : Optional.empty(),
            freshValues(),
            List.copyOf(taken),
            all ? Optional.ofNullable(depth) : Optional.empty(),
            all ? Optional.ofNullable(shedding) : Optional.empty());
    taken.clear();
    return glimpse;
  }

  private List<Glimpse.Value> freshValues() {
    List<Glimpse.Value> values = new ArrayList<>();
    readings.forEach(
        (track, metrics) ->
            metrics.forEach(
                (metric, reading) -> {
                  if (reading.fresh) {
                    reading.fresh = false;
                    values.add(new Glimpse.Value(track, metric, reading.ptsMicros, reading.value));
                  }
                }));
    return values;
  }

  /** What the task keeps of its input; null: nothing. */
  @Nullable PacketRecording recording() {
    return recording;
  }

  /** The requests of its input; null: it makes none. */
  @Nullable RequestLog requests() {
    return requests;
  }

  @Override
  public void recording(PacketRecording kept) {
    recording = kept;
  }

  @Override
  public void requests(RequestLog made) {
    requests = made;
  }

  private void become(Glimpse.State next) {
    state = next;
    changed = true;
  }

  @Override
  public void configured(MediaInfo info) {
    become(new Glimpse.State.Watching(info));
  }

  @Override
  public void unavailable(String reason) {
    become(new Glimpse.State.Unavailable(reason));
  }

  @Override
  public void ended(TaskStatistics statistics, @Nullable MediaException failure) {
    become(new Glimpse.State.Over(Optional.ofNullable(failure).map(Throwable::getMessage)));
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    Reading reading =
        readings
            .computeIfAbsent(track, added -> new LinkedHashMap<>())
            .computeIfAbsent(metric, added -> new Reading());
    reading.ptsMicros = ptsMicros;
    reading.value = value;
    reading.fresh = true;
  }

  @Override
  public void picture(FrameView frame) {
    stills
        .apply(frame)
        .ifPresent(
            jpeg -> {
              if (taken.size() == MOST_STILLS) {
                taken.remove();
              }
              taken.add(new Glimpse.Still(frame.ptsMicros(), jpeg));
            });
  }

  @Override
  public void decoding(Decoding decoding, String why) {
    depth = new Glimpse.Depth(decoding, why);
    changed = true;
  }

  @Override
  public void shedding(int stride, double behindSeconds, long skippedFrames) {
    shedding = new Glimpse.Shedding(stride, behindSeconds, skippedFrames);
    changed = true;
  }
}
