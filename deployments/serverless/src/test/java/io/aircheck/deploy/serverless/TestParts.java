package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Parts with scripted inputs, a small honest detector, and the installed rules of incidents. */
final class TestParts {
  static final DetectorChoice DARK = new DetectorChoice(DarkDetector.KIND, Map.of());
  static final Calls.Look LOOK = new Calls.Look(0, DARK, List.of());
  static final Calls.Where WHERE = where(0);

  private TestParts() {}

  static Parts over(MediaSources sources) {
    return over(sources, List.of(DarkDetector.FACTORY), List.of());
  }

  static Parts over(
      MediaSources sources, List<DetectorFactory> detectors, List<ObservationFold<?>> folds) {
    return new Parts(
        new DetectorCatalog(detectors), folds, Parts.installedRules(), surroundings(sources));
  }

  static StreamTask.Surroundings surroundings(MediaSources sources) {
    return new StreamTask.Surroundings(
        sources,
        PictureAnalyzers.installed(),
        SoundAnalyzers.installed(),
        new FakeClock(),
        new Random(1));
  }

  /** An input of 20 pictures of 40 ms, dark from one to before another. */
  static FakeSource darkFrom(int first, int last) {
    FakeSource source = FakeSource.of(false);
    for (int i = 0; i < 20; i++) {
      source.picture(i * 40_000L, i >= first && i < last ? 16 : 128);
    }
    return source;
  }

  static Calls.Where where(int index) {
    return new Calls.Where("s/1/" + index, index, "s", Point.MONITORED, Optional.empty());
  }

  static Calls.Input input(String uri, boolean live, long segmentMicros) {
    return new Calls.Input(
        uri, Optional.empty(), Map.of(), Map.of(), live, segmentMicros, 0, false);
  }

  static Calls.FoldJob job(boolean live, String... folds) {
    return jobUntil(Long.MAX_VALUE, live, folds);
  }

  static Calls.FoldJob jobUntil(long untilMillis, boolean live, String... folds) {
    return new Calls.FoldJob(
        "s/1", "s", live, List.of(folds), IncidentPolicy.DEFAULT, Map.of(), 1_000, untilMillis);
  }

  /** A watch of an input with the small detector. */
  static Calls.Watch watch(String uri, boolean live, long segmentMicros) {
    return new Calls.Watch(
        "s",
        "1",
        uri,
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of(DARK),
        live,
        List.of(),
        IncidentPolicy.DEFAULT,
        Map.of(),
        segmentMicros,
        0,
        0);
  }
}
