package io.aircheck.app.serve;

import io.aircheck.app.serve.settings.RouteSettings;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes that take everything, at all times. */
public final class TestRoutes {
  private TestRoutes() {}

  /**
   * A route to a channel.
   *
   * @param labels that streams must have
   * @param goOn whether the routes behind it are looked at, too
   */
  public static RouteSettings route(String channel, Map<String, String> labels, boolean goOn) {
    return new RouteSettings(
        List.of(channel),
        labels,
        List.of(),
        Severity.INFO,
        RouteSettings.DEFAULT_EVENTS,
        Optional.empty(),
        goOn);
  }
}
