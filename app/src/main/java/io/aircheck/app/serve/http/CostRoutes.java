package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.cost.Bill;
import io.aircheck.app.cost.MeasurementJson;
import io.aircheck.app.cost.Prices;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;

/**
 * {@code /v1/cost}: what watching costs, evidence and notifications included, and besides what
 * keeping what is known of viewers does. From what was metered since the service started, of
 * several copies by those that are alive.
 */
final class CostRoutes implements Routes.Part {
  private static final double SECONDS_PER_HOUR = 3_600;

  private final Service service;

  CostRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/cost", Role.VIEWER, this::get);
  }

  private void get(Exchange exchange) {
    Prices prices = service.prices();
    Usage usage = service.streams().usage();
    double hours = usage.of(Quantity.STREAM_SECONDS) / SECONDS_PER_HOUR;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("prices", MeasurementJson.prices(prices));
    json.put("streamHours", hours);
    if (hours > 0) {
      Bill bill = Bill.of(usage, prices);
      json.put("cost", bill.total() * hours);
      json.set("perStreamHour", MeasurementJson.bill(bill, prices));
    }
    Usage ofViewers = service.viewerUsage();
    if (!ofViewers.equals(Usage.NONE)) {
      json.set("viewers", MeasurementJson.bill(Bill.inAll(ofViewers, prices), prices));
    }
    exchange.json(200, json);
  }
}
