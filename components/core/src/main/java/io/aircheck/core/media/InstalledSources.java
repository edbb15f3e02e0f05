package io.aircheck.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Chooses among source factories the one that suits an input best. */
final class InstalledSources implements MediaSources {
  private final List<MediaSourceFactory> factories;

  InstalledSources(List<? extends MediaSourceFactory> factories) {
    this.factories = List.copyOf(factories);
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return factoryFor(request).renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    return factoryFor(request).open(request);
  }

  private MediaSourceFactory factoryFor(SourceRequest request) throws MediaException {
    String scheme = MediaSources.schemeOf(request.uri());
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
