package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.core.deploy.WorkerLoad;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.List;
import java.util.Optional;

/** {@code /v1/cluster}: what streams run on, where that is not the service itself. */
final class ClusterRoutes implements Routes.Part {
  private final Service service;

  ClusterRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/cluster", Role.VIEWER, this::get);
  }

  private void get(Exchange exchange) {
    StreamWatch watch = service.streams().watch();
    Optional<List<WorkerLoad>> workers = watch.workers();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("inUse", workers.isPresent());
    ArrayNode items = json.putArray("workers");
    if (workers.isPresent()) {
      workers.get().forEach(worker -> items.add(of(worker, watch.limit(worker))));
      json.put("capacityCores", rounded(watch.limit()));
      json.put("usedCores", rounded(watch.usedCores()));
      json.put("full", watch.full());
      watch.refusal().ifPresent(why -> json.put("problem", why));
      ObjectNode used = json.putObject("used");
      watch.usageElsewhere().forEach((part, usage) -> used.set(part, of(usage)));
    }
    exchange.json(200, json);
  }

  private static ObjectNode of(WorkerLoad worker, double capacity) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", worker.name());
    json.put("capacityCores", rounded(capacity));
    json.put("usedCores", rounded(worker.usedCores()));
    json.put("memoryGb", rounded(worker.residentGb()));
    json.put("streams", worker.coresByStream().size());
    return json;
  }

  private static ObjectNode of(Usage usage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("cpuSeconds", rounded(usage.of(Quantity.CPU_SECONDS)));
    json.put("memoryGbSeconds", rounded(usage.of(Quantity.MEMORY_GB_SECONDS)));
    return json;
  }

  private static double rounded(double number) {
    return Math.round(number * 1000) / 1000.0;
  }
}
