package io.aircheck.deploy.flink;

import java.util.List;

/**
 * What an enumerator has to remember.
 *
 * @param orders what is wanted
 * @param waiting streams that no reader has at the moment, with what is known of them
 */
record Plan(Orders orders, List<StreamSplit> waiting) {
  /** Nothing, yet. */
  static final Plan NONE = new Plan(Orders.NONE, List.of());

  Plan {
    waiting = List.copyOf(waiting);
  }
}
