package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules.Gathering;
import io.aircheck.core.viewer.ViewerRules;
import io.aircheck.deploy.flink.Opened;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sums what is new of the sessions of one worker before it goes over the network. Lets everything
 * go before time passes and before a checkpoint, so it has no state: a failure costs nothing that
 * the state of sessions does not make again.
 */
final class GatherOperator<O extends Record> extends AbstractStreamOperator<Portion>
    implements OneInputStreamOperator<O, Portion> {
  /** So many combinations of values are let go at once, whoever made them up. */
  private static final int MOST = 20_000;

  private final ViewerSetup setup;
  private transient @Nullable Gathering<O> gathering;

  GatherOperator(ViewerSetup setup) {
    this.setup = setup;
  }

  @Override
  public void open() throws Exception {
    super.open();
    ViewerRules<?, O, ?> rules = Rules.of(setup);
    gathering = rules.rollups().gathering();
  }

  @Override
  public void processElement(StreamRecord<O> element) {
    Gathering<O> open = Opened.nonNull(gathering);
    open.add(element.getValue());
    if (open.size() >= MOST) {
      letGo();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    letGo();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    letGo();
  }

  @Override
  public void finish() throws Exception {
    letGo();
    super.finish();
  }

  private void letGo() {
    for (Portion portion : Opened.nonNull(gathering).drain()) {
      output.collect(new StreamRecord<>(portion));
    }
  }
}
