package io.aircheck.faults.inject;

import java.util.Map;
import java.util.TreeMap;

/**
 * Ground truth of one injected fault.
 *
 * @param kind kind in the label format
 * @param startSeconds media time of its begin
 * @param endSeconds media time of its end
 * @param parameters how strong it is and what it hit, by name
 */
public record InjectedEvent(
    String kind, double startSeconds, double endSeconds, Map<String, Object> parameters) {

  public InjectedEvent {
    parameters = Map.copyOf(parameters);
  }

  /** The event of a fault that does what was asked for. */
  public static InjectedEvent of(FaultRequest request) {
    return of(request, request.startMicros(), request.endMicros(), Map.of());
  }

  /** The event of a fault with its real times and what else is known of it. */
  static InjectedEvent of(
      FaultRequest request, long startMicros, long endMicros, Map<String, Object> more) {
    Map<String, Object> parameters = new TreeMap<>(request.values());
    if (request.kind() == FaultKind.AV_OFFSET) {
      // As the label format has it.
      parameters.put("ms", parameters.remove("millis"));
      parameters.put("sign", "positive = audio late");
    }
    parameters.putAll(more);
    return new InjectedEvent(
        request.kind().label(), startMicros / 1e6, endMicros / 1e6, parameters);
  }
}
