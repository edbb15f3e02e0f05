package io.aircheck.deploy.flink;

import java.util.List;

/**
 * Outcomes on their way to a desk.
 *
 * @param id whoever delivers it again, for want of an answer, says so by the same id
 */
record Delivery(String id, List<Outcome> outcomes) {
  Delivery {
    outcomes = List.copyOf(outcomes);
  }
}
