package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.viewer.FactOutlet;
import io.aircheck.core.viewer.RollupSink;
import io.aircheck.core.viewer.ViewerRules;
import java.io.Serializable;

/**
 * What a job works with, wherever its workers are: travels with it. Holds no secrets, but what says
 * where they are. What it makes does not connect before it is used.
 */
public interface ViewerSetup extends Serializable {
  /** What is done to reports. */
  ViewerRules<?, ?, ?> rules();

  /**
   * Where sums go.
   *
   * @throws IllegalArgumentException when its settings cannot be used there; one line, without
   *     secrets
   */
  RollupSink rollups();

  /**
   * Where facts go.
   *
   * @param meter told what is billed for that
   * @throws IllegalArgumentException when its settings cannot be used there; one line, without
   *     secrets
   */
  FactOutlet facts(Meter meter);
}
