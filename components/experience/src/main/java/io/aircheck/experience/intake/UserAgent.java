package io.aircheck.experience.intake;

import io.aircheck.experience.report.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Coarse attributes of a User-Agent: family of device, operating system, browser, player, and
 * whether it is a machine. Tables of words, the first that occurs counts.
 *
 * <p>What a browser hides stays hidden: iPads that ask for desktop pages are desktops, versions are
 * not read, for they make cohorts of one.
 */
final class UserAgent {
  private static final List<String> MACHINES =
      List.of(
          "bot",
          "crawl",
          "spider",
          "headless",
          "phantomjs",
          "lighthouse",
          "facebookexternalhit",
          "slurp",
          "monitor",
          "pingdom",
          "curl/",
          "wget/",
          "python-",
          "python/",
          "go-http-client",
          "java/",
          "java-http-client",
          "apache-httpclient",
          "libwww",
          "axios/",
          "node-fetch",
          "undici",
          "ffmpeg",
          "lavf/",
          "libav",
          "gstreamer",
          "scrapy",
          "selenium",
          "puppeteer",
          "playwright",
          "aircheck");

  private static final List<Rule> SYSTEMS =
      List.of(
          new Rule("tizen", "Tizen", "tv"),
          new Rule("web0s", "webOS", "tv"),
          new Rule("webos", "webOS", "tv"),
          new Rule("roku", "Roku OS", "tv"),
          new Rule("crkey", "Cast", "tv"),
          new Rule("apple tv", "tvOS", "tv"),
          new Rule("appletv", "tvOS", "tv"),
          new Rule("tvos", "tvOS", "tv"),
          new Rule("; aft", "Fire OS", "tv"),
          new Rule("android tv", "Android TV", "tv"),
          new Rule("bravia", "Android TV", "tv"),
          new Rule("smart-tv", "other", "tv"),
          new Rule("smarttv", "other", "tv"),
          new Rule("hbbtv", "other", "tv"),
          new Rule("playstation", "PlayStation", "console"),
          new Rule("xbox", "Xbox", "console"),
          new Rule("nintendo", "Nintendo", "console"),
          new Rule("ipad", "iPadOS", "tablet"),
          new Rule("iphone", "iOS", "phone"),
          new Rule("ipod", "iOS", "phone"),
          new Rule("windows phone", "other", "phone"),
          new Rule("android", "Android", ""),
          new Rule("cros", "ChromeOS", "desktop"),
          new Rule("windows", "Windows", "desktop"),
          new Rule("mac os x", "macOS", "desktop"),
          new Rule("macintosh", "macOS", "desktop"),
          new Rule("linux", "Linux", "desktop"));

  private static final List<Rule> BROWSERS =
      List.of(
          new Rule("edg/", "Edge", ""),
          new Rule("edga/", "Edge", ""),
          new Rule("edgios/", "Edge", ""),
          new Rule("opr/", "Opera", ""),
          new Rule("samsungbrowser/", "Samsung Internet", ""),
          new Rule("yabrowser/", "Yandex", ""),
          new Rule("ucbrowser/", "UC", ""),
          new Rule("fxios/", "Firefox", ""),
          new Rule("firefox/", "Firefox", ""),
          new Rule("crios/", "Chrome", ""),
          new Rule("chrome/", "Chrome", ""),
          new Rule("chromium/", "Chrome", ""),
          new Rule("safari/", "Safari", ""));

  private static final List<Rule> PLAYERS =
      List.of(
          new Rule("exoplayerlib/", "ExoPlayer", ""),
          new Rule("androidxmedia3/", "Media3", ""),
          new Rule("applecoremedia/", "AVPlayer", ""));

  private UserAgent() {}

  /** The attributes; what is not recognised is not there, but for the device, which is "other". */
  static Map<String, String> attributes(String userAgent) {
    String words = userAgent.toLowerCase(Locale.ROOT);
    Map<String, String> attributes = new HashMap<>();
    Rule system = first(SYSTEMS, words);
    attributes.put(Attributes.DEVICE, system == null ? "other" : device(system, words));
    put(attributes, Attributes.SYSTEM, system);
    put(attributes, Attributes.BROWSER, first(BROWSERS, words));
    Rule player = first(PLAYERS, words);
    put(attributes, Attributes.PLAYER, player);
    if (player != null) {
      attributes.put(Attributes.PLAYER_VERSION, version(words, player.word));
    }
    String withoutBrand = words.replace("cubot", ""); // makes phones
    if (words.isBlank() || MACHINES.stream().anyMatch(withoutBrand::contains)) {
      attributes.put(Attributes.BOT, "true");
    }
    return Map.copyOf(attributes);
  }

  private static void put(Map<String, String> attributes, String name, @Nullable Rule rule) {
    if (rule != null) {
      attributes.put(name, rule.name);
    }
  }

  private static @Nullable Rule first(List<Rule> rules, String words) {
    for (Rule rule : rules) {
      if (words.contains(rule.word)) {
        return rule;
      }
    }
    return null;
  }

  /** Android is on phones and tablets; browsers say "mobile" on phones only. */
  private static String device(Rule system, String words) {
    if (!system.device.isEmpty()) {
      return system.device;
    }
    boolean browser = words.startsWith("mozilla/");
    return browser && !words.contains("mobile") ? "tablet" : "phone";
  }

  private static String version(String words, String product) {
    int from = words.indexOf(product) + product.length();
    int to = from;
    while (to < words.length() && " ;()".indexOf(words.charAt(to)) < 0 && to - from < 32) {
      to++;
    }
    return to == from ? "unknown" : words.substring(from, to);
  }

  private record Rule(String word, String name, String device) {}
}
