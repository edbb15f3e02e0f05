package io.aircheck.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The installed source factories, and the choice among them. Thread-safe. */
public class MediaSources {
  /** Two letters at least, so that {@code C:\clip.mp4} stays a path. */
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]+):.*");

  private final List<MediaSourceFactory> factories;

  public MediaSources(List<? extends MediaSourceFactory> factories) {
    this.factories = List.copyOf(factories);
  }

  /** All factories on the class path. */
  public static MediaSources installed() {
    return new MediaSources(
        ServiceLoader.load(MediaSourceFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  /** Scheme of an address in lower case; {@code file} for plain paths. */
  public static String schemeOf(String uri) {
    Matcher matcher = SCHEME.matcher(uri);
    return matcher.matches() && (uri.contains("://") || uri.startsWith("file:"))
        ? matcher.group(1).toLowerCase(Locale.ROOT)
        : "file";
  }

  /**
   * Ids of the renditions of a ladder; empty for an input that is not a ladder.
   *
   * @throws MediaException as {@link MediaSourceFactory#renditions}
   */
  public List<String> renditions(SourceRequest request) throws MediaException {
    return factoryFor(request).renditions(request);
  }

  /**
   * Opens an input with the factory that suits it best.
   *
   * @throws MediaException as {@link MediaSourceFactory#open}, or when no factory knows the scheme
   */
  public MediaSource open(SourceRequest request) throws MediaException {
    return factoryFor(request).open(request);
  }

  private MediaSourceFactory factoryFor(SourceRequest request) throws MediaException {
    String scheme = schemeOf(request.uri());
    MediaSourceFactory best = null;
    int bestSuitability = 0;
    List<String> reasons = new ArrayList<>();
    for (MediaSourceFactory factory : factories) {
      if (!factory.schemes().contains(scheme)) {
        continue;
      }
      if (!factory.available()) {
        reasons.add(factory.unavailableReason());
        continue;
      }
      int suitability = factory.suitability(request);
      if (suitability > bestSuitability) {
        best = factory;
        bestSuitability = suitability;
      }
    }
    if (best != null) {
      return best;
    }
    String where = SafeUri.redact(request.uri());
    if (!reasons.isEmpty()) {
      throw new MediaException(
          MediaException.Reason.UNSUPPORTED,
          "cannot open " + where + ": " + String.join("; ", reasons));
    }
    TreeSet<String> known = new TreeSet<>();
    factories.forEach(factory -> known.addAll(factory.schemes()));
    throw new MediaException(
        MediaException.Reason.UNSUPPORTED,
        "cannot open %s: nothing reads %s://; known are %s"
            .formatted(where, scheme, String.join(", ", known)));
  }
}
