package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job on a cluster makes of viewers' reports. Immutable.
 *
 * @param postgresql where sums of minutes go
 * @param folder where files of sessions go, the same on every task manager
 * @param s3 or the bucket
 * @param read whether this service reads these sums, to do with them what it does with its own
 */
public record ViewerJobSettings(
    Optional<StoreSettings> postgresql,
    Optional<Path> folder,
    Optional<S3Settings> s3,
    boolean read) {
  private static final String WHERE = "/viewers/job";

  /** Nothing is said. */
  static final ViewerJobSettings DEFAULT = of(null, null, null, null);

  @JsonCreator
  static ViewerJobSettings of(
      @JsonProperty("postgresql") @Nullable StoreSettings postgresql,
      @JsonProperty("folder") @Nullable Path folder,
      @JsonProperty("s3") @Nullable S3Settings s3,
      @JsonProperty("read") @Nullable Boolean read) {
    return new ViewerJobSettings(
        Optional.ofNullable(postgresql),
        Optional.ofNullable(folder),
        Optional.ofNullable(s3),
        read != null && read);
  }

  /**
   * Checks them as far as that goes without connecting.
   *
   * @throws SettingsException with a pointer into the settings of the service
   */
  void check() throws SettingsException {
    if (postgresql.isPresent()) {
      try {
        postgresql.get().check();
      } catch (SettingsException e) {
        throw e.within(WHERE + "/postgresql");
      }
    }
    if (read && postgresql.isEmpty()) {
      throw new SettingsException(
          WHERE + "/read", "needs postgresql beside it: where the job puts the sums");
    }
    if (folder.isPresent() && s3.isPresent()) {
      throw new SettingsException(WHERE + "/folder", "does not go with s3: give one of them");
    }
    if (folder.isPresent() && !folder.get().isAbsolute()) {
      throw new SettingsException(
          WHERE + "/folder", "must be absolute: task managers run in folders of their own");
    }
    if (s3.isPresent()) {
      s3.get().check(WHERE + "/s3");
    }
  }
}
