package io.aircheck.app.viewers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.TrueMeasure;

/** The truth for programs: {@code docs/viewers/simulator.md} describes it. */
public final class TruthJson {
  private TruthJson() {}

  /** The truth as an object. */
  public static ObjectNode write(ViewersTruth truth) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", "aircheck.viewers/1");
    json.put("begun", truth.begun().toString());
    json.put("seed", truth.seed());
    json.put("durationSeconds", truth.durationMillis() / 1e3);
    for (Fault fault : truth.faults()) {
      ObjectNode one = json.withArray("/faults").addObject();
      one.put("kind", fault.kind().word());
      if (fault instanceof TimedFault timed) {
        one.put("startSeconds", timed.startMillis() / 1e3);
        one.put("endSeconds", timed.endMillis() / 1e3);
      }
      one.put("times", fault.times());
      ObjectNode where = one.putObject("where");
      for (Dimension dimension : Dimension.values()) {
        String value = fault.where().get(dimension);
        if (value != null) {
          where.put(dimension.id(), value);
        }
      }
    }
    json.put("viewers", truth.viewers());
    json.put("present", truth.present());
    Sent sent = truth.sent();
    json.putObject("reports")
        .put("accepted", sent.accepted())
        .put("refused", sent.refused())
        .put("stopped", sent.stopped())
        .put("failed", sent.failed())
        .put("lost", truth.lostReports())
        .put("throttled", sent.throttled())
        .put("retried", sent.retried());
    json.set("total", sums(truth.truth().total()));
    ObjectNode by = json.putObject("by");
    for (Dimension dimension : Dimension.values()) {
      ObjectNode values = by.putObject(dimension.id());
      truth.truth().by(dimension).forEach((value, sums) -> values.set(value, sums(sums)));
    }
    return json;
  }

  private static ObjectNode sums(Sums sums) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (TrueMeasure measure : TrueMeasure.values()) {
      json.put(measure.id(), sums.get(measure));
    }
    return json;
  }
}
