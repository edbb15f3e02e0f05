package io.aircheck.core.media;

import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens inputs. Thread-safe. */
public interface MediaSources {

  /** What is on the class path: of the factories that know a scheme, the one that suits best. */
  static MediaSources installed() {
    return new InstalledSources(
        ServiceLoader.load(MediaSourceFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  /** Scheme of an address in lower case; {@code file} for plain paths. */
  static String schemeOf(String uri) {
    // Two letters at least, so that C:\clip.mp4 stays a path.
    Matcher matcher = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]+):.*").matcher(uri);
    return matcher.matches() && (uri.contains("://") || uri.startsWith("file:"))
        ? matcher.group(1).toLowerCase(Locale.ROOT)
        : "file";
  }

  /**
   * Ids of the renditions of a ladder; empty for an input that is not a ladder.
   *
   * @throws MediaException as {@link MediaSourceFactory#renditions}
   */
  List<String> renditions(SourceRequest request) throws MediaException;

  /**
   * Opens an input.
   *
   * @throws MediaException as {@link MediaSourceFactory#open}, or when nothing knows the scheme
   */
  MediaSource open(SourceRequest request) throws MediaException;
}
