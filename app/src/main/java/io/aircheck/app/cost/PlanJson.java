package io.aircheck.app.cost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A plan as JSON; {@code docs/deployments/cost.md} describes it. */
public final class PlanJson {
  /** Name and version of the format. */
  public static final String SCHEMA = "aircheck.costplan/1";

  private PlanJson() {}

  /** A plan, and what it is made of. */
  public static ObjectNode write(Plan plan, Measurement measurement, Prices prices) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", SCHEMA);
    json.put("streams", plan.request().streams());
    json.put("hoursPerDay", plan.request().hours());
    json.put("checkSeconds", plan.request().checkSeconds());
    ObjectNode measured = json.putObject("measured");
    measured.put("input", measurement.input());
    measured.put("at", measurement.measuredAt());
    measured.put("machine", measurement.machine());
    measurement.detectors().forEach(measured.putArray("detectors")::add);
    json.set("prices", MeasurementJson.prices(prices));
    ArrayNode options = json.putArray("options");
    for (Plan.Option option : plan.options()) {
      ObjectNode one = options.addObject();
      one.put("deployment", option.deployment());
      option
          .place()
          .ifPresent(
              place ->
                  one.put("machine", place.machine().name())
                      .put("streamsPerMachine", place.streams())
                      .put("machines", option.machines()));
      one.put("perHour", option.perHour());
      one.put("perDay", plan.perDay(option));
      one.put("perMonth", plan.perMonth(option));
      option.limit().ifPresent(limit -> one.set("firstLimit", MeasurementJson.limit(limit)));
      one.put("needsMoreQuota", option.needsMoreQuota(plan.request().streams()));
    }
    ArrayNode breakEvens = json.putArray("breakEvens");
    for (Plan.BreakEven one : plan.breakEvens()) {
      ObjectNode item = breakEvens.addObject();
      item.put("deployment", one.deployment());
      item.put("against", one.machines().deployment());
      one.machines().place().ifPresent(place -> item.put("machine", place.machine().name()));
      item.put("hoursPerDay", one.hoursPerDay());
      item.put("checksPerDay", one.checksPerDay());
    }
    return json;
  }
}
