package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.S3Settings;
import io.aircheck.core.meter.Meter;
import io.aircheck.experience.ingest.LogBucket;
import io.aircheck.storage.s3.S3Objects;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Request logs in a bucket of S3. Thread-safe. */
final class S3Logs implements LogBucket {
  private final S3Objects objects;

  S3Logs(S3Settings settings, Meter meter) {
    this.objects = new S3Objects(settings.location(), settings.key(), meter);
  }

  @Override
  public List<Item> list() throws IOException {
    return objects.list().stream()
        .map(entry -> new Item(entry.key(), entry.bytes(), entry.modified().toEpochMilli()))
        .toList();
  }

  @Override
  public InputStream open(String key) throws IOException {
    return objects.open(key);
  }
}
