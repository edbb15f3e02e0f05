package io.aircheck.app.serve.settings;

import io.aircheck.app.UsageException;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.config.YamlDocument;
import java.nio.file.Path;

/** A configuration file of the service, YAML or JSON. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads and checks a file.
   *
   * @param secrets values that references stand for
   * @param check what the settings must also fulfil
   * @throws UsageException naming file, line, setting and what to do
   */
  public static ServiceSettings read(Path file, Secrets secrets, SettingsCheck check) {
    YamlDocument document = YamlDocument.read(file);
    try {
      ServiceSettings settings =
          SettingsReader.read(secrets.expand(document.tree()), ServiceSettings.class);
      check.check(settings);
      return settings;
    } catch (SettingsException e) {
      throw document.usage(e);
    }
  }
}
