package io.aircheck.app.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.UsageException;
import io.aircheck.app.config.YamlDocument;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A measurement with its bills, as JSON; {@code docs/deployments/cost.md} describes it. */
public final class MeasurementJson {
  /** Name and version of the format. */
  public static final String SCHEMA = "aircheck.cost/1";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MeasurementJson() {}

  /** A measurement and what it comes to at these prices. */
  public static ObjectNode write(Measurement measurement, Prices prices) {
    ObjectNode json = NODES.objectNode();
    json.put("schema", SCHEMA);
    json.put("input", measurement.input());
    json.put("measuredAt", measurement.measuredAt());
    json.put("machine", measurement.machine());
    measurement.detectors().forEach(json.putArray("detectors")::add);
    json.put("warmUpSeconds", measurement.warmUpSeconds());
    json.set("prices", prices(prices));
    ArrayNode deployments = json.putArray("deployments");
    for (MeasuredDeployment deployment : measurement.deployments()) {
      deployments.add(write(deployment, prices));
    }
    ArrayNode failures = json.putArray("notMeasured");
    for (Measurement.Failure failure : measurement.failures()) {
      failures.addObject().put("id", failure.deployment()).put("reason", failure.reason());
    }
    return json;
  }

  /** Where prices are from. */
  public static ObjectNode prices(Prices prices) {
    ObjectNode json = NODES.objectNode();
    json.put("date", prices.date());
    json.put("region", prices.region());
    json.put("currency", prices.currency());
    json.put("utilisation", prices.utilisation());
    return json;
  }

  private static ObjectNode write(MeasuredDeployment deployment, Prices prices) {
    ObjectNode json = NODES.objectNode();
    json.put("id", deployment.id());
    json.put("description", deployment.description());
    json.put("skippedPictures", deployment.skippedPictures());
    ArrayNode metered = json.putArray("metered");
    for (Metered one : deployment.metered()) {
      ObjectNode item = metered.addObject();
      item.put("streams", one.streams());
      item.put("wallSeconds", one.wallSeconds());
      ObjectNode amounts = item.putObject("amounts");
      one.usage()
          .amounts()
          .forEach((quantity, amount) -> amounts.put(QuantityNames.name(quantity), amount));
    }
    json.set("perStreamHour", bill(Bill.of(deployment, prices), prices));
    return json;
  }

  /** A bill. */
  public static ObjectNode bill(Bill bill, Prices prices) {
    ObjectNode json = NODES.objectNode();
    json.put("cost", bill.total());
    ArrayNode items = json.putArray("items");
    for (Bill.Item item : bill.items()) {
      ObjectNode one = items.addObject();
      one.put("quantity", QuantityNames.name(item.quantity()));
      one.put("unit", item.quantity().unit());
      one.put("used", item.used());
      one.put("paid", item.paid());
      one.put("unitPrice", prices.unitPrice(item.quantity()));
      one.put("cost", item.cost());
      one.put("share", item.share());
    }
    bill.place()
        .ifPresent(
            place ->
                json.putObject("sharing")
                    .put("machine", place.machine().name())
                    .put("streams", place.streams()));
    bill.limit().ifPresent(limit -> json.set("firstLimit", limit(limit)));
    return json;
  }

  static ObjectNode limit(Bill.Limit limit) {
    ObjectNode json = NODES.objectNode();
    json.put("quota", limit.quota().name());
    json.put("perSecond", limit.quota().perSecond());
    json.put("streams", Math.floor(limit.streams()));
    json.put("source", limit.quota().source());
    return json;
  }

  /** What the makers measured, for those who have not measured yet. */
  public static Measurement shipped() {
    return read(
        "measured.json", YamlDocument.shipped(MeasurementJson.class, "measured.json").tree());
  }

  /**
   * Reads what was measured; bills are made anew.
   *
   * @throws UsageException naming the file and what is wrong
   */
  public static Measurement read(Path file) {
    return read(file.toString(), YamlDocument.read(file).tree());
  }

  private static Measurement read(String file, JsonNode json) {
    if (!json.path("schema").asText().equals(SCHEMA)) {
      throw new UsageException(
          "%s: is not a measurement (schema %s); write one with --measure INPUT --format json"
              .formatted(file, SCHEMA));
    }
    try {
      List<MeasuredDeployment> deployments = new ArrayList<>();
      json.path("deployments").forEach(one -> deployments.add(deployment(one)));
      if (deployments.isEmpty()) {
        throw new IllegalArgumentException("no deployment was measured");
      }
      List<String> detectors = new ArrayList<>();
      json.path("detectors").forEach(kind -> detectors.add(kind.asText()));
      List<Measurement.Failure> failures = new ArrayList<>();
      json.path("notMeasured")
          .forEach(
              one ->
                  failures.add(
                      new Measurement.Failure(
                          one.path("id").asText(), one.path("reason").asText())));
      return new Measurement(
          json.path("input").asText(),
          json.path("measuredAt").asText(),
          json.path("machine").asText(),
          detectors,
          json.path("warmUpSeconds").asDouble(),
          deployments,
          failures);
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage(), e);
    }
  }

  private static MeasuredDeployment deployment(JsonNode json) {
    List<Metered> metered = new ArrayList<>();
    for (JsonNode one : json.path("metered")) {
      Map<Quantity, Double> amounts = new EnumMap<>(Quantity.class);
      one.path("amounts")
          .properties()
          .forEach(
              entry ->
                  amounts.put(
                      QuantityNames.parse(entry.getKey()), entry.getValue().asDouble(Double.NaN)));
      metered.add(
          new Metered(
              one.path("streams").asInt(), new Usage(amounts), one.path("wallSeconds").asDouble()));
    }
    return new MeasuredDeployment(
        json.path("id").asText(),
        json.path("description").asText(),
        metered,
        json.path("skippedPictures").asLong());
  }
}
