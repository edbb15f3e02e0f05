package io.aircheck.app.serve;

import io.aircheck.app.UsageException;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration file again when it changes. A file that cannot be used is told and
 * otherwise left alone: the service goes on by what it knows.
 */
public final class SettingsWatch implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 1000;

  private final @Nullable Path file;
  private final Secrets secrets;
  private final SettingsCheck check;
  private final Service service;
  private final Consumer<String> log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-settings").factory());

  private String seen;

  /**
   * @param file null: nothing to watch
   * @param log told one line about each reading
   */
  public SettingsWatch(
      @Nullable Path file,
      Secrets secrets,
      SettingsCheck check,
      Service service,
      Consumer<String> log) {
    this.file = file;
    this.secrets = secrets;
    this.check = check;
    this.service = service;
    this.log = log;
    this.seen = content();
    if (file != null) {
      timer.scheduleWithFixedDelay(
          this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Its content rather than its time: editors and mounted secrets play tricks with times. */
  private String content() {
    Path known = file;
    if (known == null) {
      return "";
    }
    try {
      return Files.readString(known);
    } catch (IOException e) {
      return "";
    }
  }

  private void look() {
    Path known = file;
    String now = content();
    if (known == null || now.equals(seen) || now.isEmpty()) {
      return;
    }
    seen = now;
    try {
      ServiceSettings settings = SettingsFile.read(known, secrets, check);
      service.reload(settings);
      log.accept(known + " has changed and was read again");
    } catch (UsageException e) {
      log.accept(e.getMessage() + "; the service goes on with the settings before");
    } catch (SettingsException e) {
      log.accept(
          known
              + ": "
              + e.pointer()
              + " "
              + e.getMessage()
              + "; the service goes on with the settings before");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
