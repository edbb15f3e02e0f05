package io.aircheck.storage.s3;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.storage.EvidenceNames;
import io.aircheck.storage.Holdings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence in a bucket: an object for each piece, {@code incident/name}, with what it is in its
 * headers. When there is more than allowed, the evidence of the oldest incident goes.
 */
public final class S3Evidence implements EvidenceStore {
  private static final String AT = "x-amz-meta-at-millis";

  private final S3Bucket bucket;
  private final long maxBytes;
  private final Holdings holdings = new Holdings();

  /**
   * Looks what there is.
   *
   * @param key empty: where operators of AWS expect credentials: environment, profile, container,
   *     machine
   * @param maxBytes most that is kept
   * @param meter told what requests are billed for
   * @throws IOException when the bucket cannot be used
   */
  public S3Evidence(S3Location location, Optional<S3Key> key, long maxBytes, Meter meter)
      throws IOException {
    this.bucket = new S3Bucket(location, key, meter);
    this.maxBytes = maxBytes;
    takeStock();
  }

  private void takeStock() throws IOException {
    Map<String, Long> bytes = new HashMap<>();
    Map<String, Instant> latest = new HashMap<>();
    for (ObjectList.Entry entry : bucket.list("")) {
      int slash = entry.key().indexOf('/');
      if (slash > 0) {
        String incident = entry.key().substring(0, slash);
        bytes.merge(incident, entry.bytes(), Long::sum);
        latest.merge(incident, entry.modified(), (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    bytes.entrySet().stream()
        .sorted(Comparator.comparing(held -> latest.getOrDefault(held.getKey(), Instant.MIN)))
        .forEach(held -> holdings.hold(held.getKey(), held.getValue()));
  }

  @Override
  public synchronized Item put(
      String incident, String name, String mediaType, long atMillis, Path file) throws IOException {
    long bytes = Files.size(file);
    bucket.put(
        key(incident, name), file, Map.of("Content-Type", mediaType, AT, Long.toString(atMillis)));
    Files.deleteIfExists(file);
    // A piece that replaces another is counted twice until the next start: pieces seldom are.
    holdings.add(incident, bytes);
    for (Optional<String> oldest = holdings.excess(maxBytes);
        oldest.isPresent();
        oldest = holdings.excess(maxBytes)) {
      remove(oldest.get());
    }
    return new Item(incident, name, mediaType, bytes, atMillis);
  }

  @Override
  public List<Item> list(String incident) throws IOException {
    List<Item> items = new ArrayList<>();
    for (ObjectList.Entry entry : of(incident)) {
      Optional<HttpHeaders> headers = bucket.head(entry.key());
      if (headers.isPresent()) {
        items.add(
            new Item(
                incident,
                entry.key().substring(incident.length() + 1),
                headers.get().firstValue("Content-Type").orElse("application/octet-stream"),
                entry.bytes(),
                headers.get().firstValueAsLong(AT).orElse(entry.modified().toEpochMilli())));
      }
    }
    items.sort(Comparator.comparingLong(Item::atMillis).thenComparing(Item::name));
    return items;
  }

  @Override
  public Optional<InputStream> open(String incident, String name) throws IOException {
    try {
      return bucket.get(key(incident, name)).map(HttpResponse::body);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void remove(String incident) throws IOException {
    for (ObjectList.Entry entry : of(incident)) {
      bucket.delete(entry.key());
    }
    holdings.forget(incident);
  }

  /** Incidents of several streams have ids that are no parts of keys, and no evidence. */
  private List<ObjectList.Entry> of(String incident) throws IOException {
    return EvidenceNames.isSafe(incident) ? bucket.list(incident + "/") : List.of();
  }

  private static String key(String incident, String name) throws IOException {
    return EvidenceNames.safe(incident) + "/" + EvidenceNames.safe(name);
  }
}
