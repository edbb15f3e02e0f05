package io.aircheck.deploy.flink;

import java.util.Map;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A run of a stream with everything that another reader needs to go on with it.
 *
 * @param order what to watch
 * @param tasks what is known of each task, by point and rendition
 * @param over whether the stream has ended by itself; kept until nobody wants it any more, so that
 *     it does not begin again
 */
record StreamSplit(StreamOrder order, Map<String, SavedTask> tasks, boolean over)
    implements SourceSplit {

  StreamSplit {
    tasks = Map.copyOf(tasks);
  }

  static StreamSplit begin(StreamOrder order) {
    return new StreamSplit(order, Map.of(), false);
  }

  /** The same with the latest order: how closely to watch may have changed. */
  StreamSplit with(StreamOrder latest) {
    return new StreamSplit(latest, tasks, over);
  }

  @Override
  public String splitId() {
    return order.run();
  }
}
