package io.aircheck.media.resource;

import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.SafeUri;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps the latest requests of one input and their answers, bounded in number and in text of
 * playlists. Thread-safe.
 */
public final class RequestJournal implements RequestLog {
  /** Forty seconds or more of playlists and segments of two seconds. */
  private static final int MAX_EXCHANGES = 48;

  /** Characters of playlists in all; of one, what is beyond a quarter is cut off. */
  private static final int MAX_CHARACTERS = 256 << 10;

  private static final int MAX_PLAYLIST_CHARACTERS = MAX_CHARACTERS / 4;

  private static final int MAX_HEADER_CHARACTERS = 300;

  /** What tells about delivery. Cookies and credentials are not among them. */
  private static final Set<String> TELLING =
      Set.of(
          "accept-ranges",
          "age",
          "alt-svc",
          "cache-control",
          "cache-status",
          "cdn-cache-control",
          "cf-cache-status",
          "cf-ray",
          "content-encoding",
          "content-length",
          "content-range",
          "content-type",
          "date",
          "etag",
          "expires",
          "last-modified",
          "location",
          "retry-after",
          "server",
          "server-timing",
          "surrogate-control",
          "via",
          "x-amz-cf-id",
          "x-amz-cf-pop",
          "x-cache",
          "x-cache-hits",
          "x-served-by",
          "x-timer");

  /** What can be an address in a playlist or manifest. Never looks back: hostile texts are long. */
  private static final Pattern WORD = Pattern.compile("[^\\s\"'<>]++");

  private final LongSupplier clock;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Map<String, String> lastPlaylists = new HashMap<>();
  private int characters;

  /**
   * An empty journal.
   *
   * @param clock wall-clock milliseconds since the epoch
   */
  public RequestJournal(LongSupplier clock) {
    this.clock = clock;
  }

  /** The time to note requests with. */
  long nowMillis() {
    return clock.getAsLong();
  }

  /** An answer began. */
  synchronized void answered(URI uri, long atMillis, int status, HttpHeaders headers) {
    add(
        new Exchange(
            atMillis,
            Addresses.redact(uri),
            status,
            clock.getAsLong() - atMillis,
            telling(headers),
            Optional.empty(),
            Optional.empty()));
  }

  /** There was no answer. */
  synchronized void failed(URI uri, long atMillis, String why) {
    add(
        new Exchange(
            atMillis,
            Addresses.redact(uri),
            0,
            clock.getAsLong() - atMillis,
            Map.of(),
            Optional.of(why),
            Optional.empty()));
  }

  /** The latest answer for an address is a playlist; kept when it is another than before. */
  public synchronized void playlist(URI uri, String text) {
    String address = Addresses.redact(uri);
    String kept = withoutSecrets(text);
    if (kept.equals(lastPlaylists.put(address, kept))) {
      return;
    }
    int index = exchanges.size() - 1;
    while (index >= 0 && !exchanges.get(index).uri().equals(address)) {
      index--;
    }
    if (index >= 0 && exchanges.get(index).playlist().isEmpty()) {
      exchanges.set(index, exchanges.get(index).withPlaylist(kept));
    } else {
      // Files have no answers; their versions are noted all the same.
      exchanges.add(
          new Exchange(
              clock.getAsLong(), address, 0, 0, Map.of(), Optional.empty(), Optional.of(kept)));
    }
    characters += kept.length();
    trim();
  }

  @Override
  public synchronized List<Exchange> latest() {
    return new ArrayList<>(exchanges);
  }

  private void add(Exchange exchange) {
    exchanges.add(exchange);
    trim();
  }

  private void trim() {
    while (exchanges.size() > MAX_EXCHANGES || characters > MAX_CHARACTERS) {
      Exchange oldest = exchanges.removeFirst();
      characters -= oldest.playlist().map(String::length).orElse(0);
    }
    if (lastPlaylists.size() > MAX_EXCHANGES) {
      // An input with ever new addresses of playlists: those still listed are enough.
      lastPlaylists
          .keySet()
          .retainAll(exchanges.stream().map(Exchange::uri).collect(Collectors.toSet()));
    }
  }

  /** Signed addresses carry tokens, and the key of an encrypted playlist may stand in it. */
  private static String withoutSecrets(String text) {
    String cut =
        text.length() > MAX_PLAYLIST_CHARACTERS
            ? text.substring(0, MAX_PLAYLIST_CHARACTERS) + "\n[cut off]\n"
            : text;
    return WORD.matcher(cut)
        .replaceAll(word -> Matcher.quoteReplacement(withoutSecret(word.group())));
  }

  private static String withoutSecret(String word) {
    return word.startsWith("data:") ? "data:***" : SafeUri.redact(word);
  }

  private static Map<String, String> telling(HttpHeaders headers) {
    Map<String, String> kept = new TreeMap<>();
    headers
        .map()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (TELLING.contains(lower)) {
                String value = SafeUri.redact(String.join(", ", values));
                kept.put(
                    lower,
                    value.length() > MAX_HEADER_CHARACTERS
                        ? value.substring(0, MAX_HEADER_CHARACTERS)
                        : value);
              }
            });
    return kept;
  }
}
