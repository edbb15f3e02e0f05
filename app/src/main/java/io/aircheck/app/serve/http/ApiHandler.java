package io.aircheck.app.serve.http;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.streams.StreamConflictException;
import java.io.IOException;

/** Answers one sort of request. */
@FunctionalInterface
interface ApiHandler {
  void handle(Exchange exchange)
      throws SettingsException, StreamConflictException, IOException, InterruptedException;
}
