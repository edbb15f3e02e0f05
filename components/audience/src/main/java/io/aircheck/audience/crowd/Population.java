package io.aircheck.audience.crowd;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Whom viewers are drawn from: what belongs together (a country and its networks, a device and its
 * browsers, a player and its versions) is drawn together, the rest independently. Immutable.
 *
 * @param contents what can be watched
 * @param cdns delivery networks
 * @param places countries with their networks
 * @param machines devices with their browsers
 * @param players players with their versions
 * @param appVersions versions of the application
 */
public record Population(
    Choice<Content> contents,
    Choice<String> cdns,
    Choice<Place> places,
    Choice<Machine> machines,
    Choice<Player> players,
    Choice<String> appVersions) {

  /**
   * A network in a country.
   *
   * @param roughness see {@link Person#roughness}
   */
  public record Place(String country, String network, double roughness) {}

  /**
   * A device with a browser.
   *
   * @param userAgent what the browser calls itself
   */
  public record Machine(String device, String browser, String userAgent) {}

  /** A player. */
  public record Player(String name, String version) {}

  /** A usual one in front of these contents, of which the first are the most popular. */
  public static Population before(List<Content> contents) {
    return new Population(
        Choice.ranked(contents),
        new Choice.Builder<String>().add("cdn-a", 5).add("cdn-b", 3).add("cdn-c", 2).build(),
        usualPlaces(),
        usualMachines(),
        usualPlayers(),
        new Choice.Builder<String>().add("3.1", 6).add("3.0", 3).add("2.9", 1).build());
  }

  private static Choice<Place> usualPlaces() {
    return new Choice.Builder<Place>()
        .add(new Place("DE", "AS3320", 1), 20)
        .add(new Place("DE", "AS3209", 1.2), 12)
        .add(new Place("FR", "AS3215", 1), 12)
        .add(new Place("FR", "AS12322", 1.1), 8)
        .add(new Place("US", "AS7922", 1), 16)
        .add(new Place("US", "AS21928", 2), 8)
        .add(new Place("BR", "AS28573", 1.5), 12)
        .add(new Place("IN", "AS55836", 2.5), 12)
        .build();
  }

  private static Choice<Machine> usualMachines() {
    String webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 ";
    String blink = "AppleWebKit/537.36 (KHTML, like Gecko) ";
    return new Choice.Builder<Machine>()
        .add(
            new Machine(
                "phone",
                "Chrome",
                "Mozilla/5.0 (Linux; Android 10; K) "
                    + blink
                    + "Chrome/140.0.0.0 Mobile Safari/537.36"),
            25)
        .add(
            new Machine(
                "phone",
                "Safari",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) "
                    + webkit
                    + "Mobile/15E148 Safari/604.1"),
            18)
        .add(
            new Machine(
                "tablet",
                "Safari",
                "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) "
                    + webkit
                    + "Mobile/15E148 Safari/604.1"),
            7)
        .add(
            new Machine(
                "desktop",
                "Chrome",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
                    + blink
                    + "Chrome/140.0.0.0 Safari/537.36"),
            20)
        .add(
            new Machine(
                "desktop",
                "Edge",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
                    + blink
                    + "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"),
            7)
        .add(
            new Machine(
                "desktop",
                "Firefox",
                "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"),
            5)
        .add(
            new Machine(
                "tv",
                "Samsung Internet",
                "Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) "
                    + blink
                    + "SamsungBrowser/5.0 Chrome/108.0.0.0 TV Safari/537.36"),
            18)
        .build();
  }

  private static Choice<Player> usualPlayers() {
    return new Choice.Builder<Player>()
        .add(new Player("hls.js", "1.7.4"), 40)
        .add(new Player("hls.js", "1.6.2"), 15)
        .add(new Player("shaka", "5.2.12"), 25)
        .add(new Player("dash.js", "5.2.1"), 20)
        .build();
  }

  /** Somebody in front of a content. */
  public Person draw(Content content, RandomGenerator random) {
    Place place = places.draw(random);
    Machine machine = machines.draw(random);
    Player player = players.draw(random);
    Cohort cohort =
        Cohort.of(
            Map.of(
                Dimension.CONTENT, content.id(),
                Dimension.CDN, cdns.draw(random),
                Dimension.COUNTRY, place.country(),
                Dimension.NETWORK, place.network(),
                Dimension.DEVICE, machine.device(),
                Dimension.BROWSER, machine.browser(),
                Dimension.PLAYER, player.name(),
                Dimension.PLAYER_VERSION, player.version(),
                Dimension.APP_VERSION, appVersions.draw(random)));
    return new Person(cohort, machine.userAgent(), place.roughness());
  }
}
