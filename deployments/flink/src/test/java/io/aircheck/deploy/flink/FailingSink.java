package io.aircheck.deploy.flink;

import io.aircheck.core.notify.IncidentSink;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes what it is given, and fails at once where it is to, so that nobody knows that it was taken.
 *
 * @param fails asked before each batch: behind it, whoever looks has seen it already
 */
record FailingSink(IncidentSink sink, BooleanSupplier fails) implements IncidentSink {
  @Override
  public Optional<String> open() throws IOException {
    return sink.open();
  }

  @Override
  public void take(Batch batch) throws IOException {
    boolean failing = fails.getAsBoolean();
    sink.take(batch);
    if (failing) {
      throw new IllegalStateException("this job is to fail");
    }
  }

  @Override
  public void close() {
    sink.close();
  }
}
