package io.aircheck.app.viewers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.fault.Effect;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.fault.Whom;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.Toll;
import io.aircheck.audience.truth.Tolls;
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
      json.withArray("/faults").add(fault(fault, truth.truth().tolls()));
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

  private static ObjectNode fault(Fault fault, Tolls tolls) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", fault.kind().word());
    if (fault instanceof TimedFault timed) {
      json.put("startSeconds", timed.startMillis() / 1e3);
      json.put("endSeconds", timed.endMillis() / 1e3);
    }
    Effect effect = fault.kind().effect();
    effect.strength().ifPresent(name -> json.put(name, fault.strength()));
    ObjectNode where = json.putObject("where");
    for (Dimension dimension : Dimension.values()) {
      String value = fault.whom().where().get(dimension);
      if (value != null) {
        where.put(dimension.id(), value);
      }
    }
    if (fault.whom().kbps() > 0) {
      where.put(Whom.KBPS, fault.whom().kbps());
    }
    if (effect.isOfStream()) {
      Toll toll = tolls.of(fault);
      json.putObject("did")
          .put("viewers", toll.viewers())
          .put("millis", toll.millis())
          .put("left", toll.left())
          .put("leftSilently", toll.leftSilently())
          .put("stalls", toll.stalls())
          .put("stalledMillis", toll.stalledMillis());
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
