package io.aircheck.experience.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final String SAFARI =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18 Safari/605";
  private static final Locator SWEDEN =
      address ->
          address.getHostAddress().equals("192.0.2.7")
              ? new Location("SE", "AS64500")
              : Location.UNKNOWN;

  @Test
  void addressAndUserAgent_areNotInWhatIsKept() {
    Sender sender = new Sender("192.0.2.7", SAFARI, null, null);
    Arrival arrival = arrival(OptOut.DEFAULT, sender, Map.of());
    assertThat(arrival.toString()).doesNotContain("192.0.2.7").doesNotContain("Mozilla");
    assertThat(sender.toString()).isEqualTo("Sender");
    assertThat(arrival.attributes())
        .isEqualTo(
            Map.of(
                Attributes.COUNTRY, "SE",
                Attributes.NETWORK, "AS64500",
                Attributes.DEVICE, "desktop",
                Attributes.SYSTEM, "macOS",
                Attributes.BROWSER, "Safari"));
  }

  @Test
  void nameInsteadOfAnAddress_isNotLookedUp() {
    Arrival arrival =
        arrival(OptOut.DEFAULT, new Sender("localhost", SAFARI, null, null), Map.of());
    assertThat(arrival.attributes()).doesNotContainKey(Attributes.COUNTRY);
  }

  @Test
  void placeThatOthersTell_isFilledByTheLookUp() {
    Locator bavaria = address -> new Location("DE", "DE-BY", "AS64500");
    assertThat(placed(bavaria, Location.UNKNOWN)).isEqualTo(new Location("DE", "DE-BY", "AS64500"));
    assertThat(placed(bavaria, new Location("de", "64501")))
        .as("spelled as the look-up spells")
        .isEqualTo(new Location("DE", "DE-BY", "AS64501"));
    assertThat(placed(bavaria, new Location("AT", null)))
        .as("no region of another country")
        .isEqualTo(new Location("AT", null, "AS64500"));
    assertThat(placed(Locator.NOWHERE, new Location("SE", "Example")))
        .isEqualTo(new Location("SE", "Example"));
  }

  private static Location placed(Locator locator, Location known) {
    Sender sender = new Sender("192.0.2.7", SAFARI, null, null);
    Map<String, String> attributes =
        Objects.requireNonNull(
                new Arrivals(locator, OptOut.DEFAULT, Set.of())
                    .of(5, "events", sender, Map.of(), known))
            .attributes();
    return new Location(
        attributes.get(Attributes.COUNTRY),
        attributes.get(Attributes.REGION),
        attributes.get(Attributes.NETWORK));
  }

  @Test
  void whatTheAddressTells_isTakenWhereItIsKnownAndShort() {
    Arrival arrival =
        arrival(
            OptOut.DEFAULT,
            new Sender(null, SAFARI, null, null),
            Map.of(
                Attributes.PLAYER,
                "hls.js",
                Attributes.PLAYER_VERSION,
                "1.7.4",
                Attributes.COUNTRY,
                "XX",
                "plan",
                "premium",
                "other",
                "x",
                Attributes.APP_VERSION,
                "7".repeat(65)));
    assertThat(arrival.attributes())
        .containsEntry(Attributes.PLAYER, "hls.js")
        .containsEntry(Attributes.PLAYER_VERSION, "1.7.4")
        .containsEntry("plan", "premium")
        .doesNotContainKeys(Attributes.COUNTRY, "other", Attributes.APP_VERSION);
  }

  @Test
  void optOut_isHonouredAsConfigured() {
    Sender gpc = new Sender(null, SAFARI, "1", null);
    Sender dnt = new Sender(null, SAFARI, "0", "1");
    assertThat(nullable(OptOut.DEFAULT, gpc)).isNull();
    assertThat(nullable(OptOut.DEFAULT, dnt)).isNotNull();
    assertThat(nullable(new OptOut(false, true), gpc)).isNotNull();
    assertThat(nullable(new OptOut(false, true), dnt)).isNull();
  }

  @Test
  void manyUserAgents_areBounded() {
    Arrivals arrivals = new Arrivals(Locator.NOWHERE, OptOut.DEFAULT, Set.of());
    for (int i = 0; i < 50_000; i++) {
      arrivals.of(0, "events", new Sender(null, "agent " + i, null, null), Map.of());
    }
    assertThat(arrivals.remembered()).isLessThanOrEqualTo(10_001);
  }

  private static Arrival arrival(OptOut optOut, Sender sender, Map<String, String> told) {
    Arrivals arrivals = new Arrivals(SWEDEN, optOut, Set.of("plan"));
    return Objects.requireNonNull(arrivals.of(5, "events", sender, told));
  }

  private static @Nullable Arrival nullable(OptOut optOut, Sender sender) {
    return new Arrivals(SWEDEN, optOut, Set.of()).of(5, "events", sender, Map.of());
  }
}
