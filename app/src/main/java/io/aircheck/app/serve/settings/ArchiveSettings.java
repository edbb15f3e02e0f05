package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how viewers are archived. Immutable.
 *
 * @param enabled whether they are, where reports are collected
 * @param keepSessionsFor how long sessions are kept by hours
 * @param keepMinutesFor how long sums are kept by minutes
 * @param s3 where the files are kept; empty: in the data directory
 * @param maxCopies bytes of copies that are kept of files in a bucket
 * @param queryMemory what answering a question may use
 * @param queryTimeout a question that takes longer is given up
 */
public record ArchiveSettings(
    boolean enabled,
    Duration keepSessionsFor,
    Duration keepMinutesFor,
    Optional<S3Settings> s3,
    ByteSize maxCopies,
    ByteSize queryMemory,
    Duration queryTimeout) {
  private static final String WHERE = "/viewers/archive/";
  private static final Duration SHORTEST = Duration.ofHours(2);
  private static final long LEAST_MEMORY = 128_000_000;
  private static final long LEAST_COPIES = 10_000_000;
  private static final Duration SHORTEST_QUERY = Duration.ofSeconds(1);
  private static final Duration LONGEST_QUERY = Duration.ofMinutes(10);

  /** What a service does that is told nothing. */
  public static final ArchiveSettings DEFAULT = of(null, null, null, null, null, null, null);

  @JsonCreator
  static ArchiveSettings of(
      @JsonProperty("enabled") @Nullable Boolean enabled,
      @JsonProperty("keepSessionsFor") @Nullable Duration keepSessionsFor,
      @JsonProperty("keepMinutesFor") @Nullable Duration keepMinutesFor,
      @JsonProperty("s3") @Nullable S3Settings s3,
      @JsonProperty("maxCopies") @Nullable ByteSize maxCopies,
      @JsonProperty("queryMemory") @Nullable ByteSize queryMemory,
      @JsonProperty("queryTimeout") @Nullable Duration queryTimeout) {
    return new ArchiveSettings(
        enabled == null || enabled,
        keepSessionsFor == null ? Duration.ofDays(30) : keepSessionsFor,
        keepMinutesFor == null ? Duration.ofDays(90) : keepMinutesFor,
        Optional.ofNullable(s3),
        maxCopies == null ? new ByteSize(10_000_000_000L) : maxCopies,
        queryMemory == null ? new ByteSize(512_000_000) : queryMemory,
        queryTimeout == null ? Duration.ofSeconds(10) : queryTimeout);
  }

  /**
   * Checks them as far as that goes without connecting.
   *
   * @param evidence the bucket of the evidence, whose oldest files go when it is full; empty: it
   *     has none
   * @throws SettingsException with a pointer into the settings of the service
   */
  void check(Optional<S3Settings> evidence) throws SettingsException {
    if (keepSessionsFor.compareTo(SHORTEST) < 0) {
      throw new SettingsException(
          WHERE + "keepSessionsFor", "must be 2h or more; enabled: false keeps nothing");
    }
    if (keepMinutesFor.compareTo(SHORTEST) < 0) {
      throw new SettingsException(
          WHERE + "keepMinutesFor", "must be 2h or more; enabled: false keeps nothing");
    }
    if (maxCopies.bytes() < LEAST_COPIES) {
      throw new SettingsException(WHERE + "maxCopies", "must be 10MB or more; 10GB is the default");
    }
    if (queryMemory.bytes() < LEAST_MEMORY) {
      throw new SettingsException(
          WHERE + "queryMemory", "must be 128MB or more; 512MB is the default");
    }
    if (queryTimeout.compareTo(SHORTEST_QUERY) < 0 || queryTimeout.compareTo(LONGEST_QUERY) > 0) {
      throw new SettingsException(WHERE + "queryTimeout", "must be from 1s to 10m");
    }
    if (s3.isPresent()) {
      s3.get().check(WHERE + "s3");
      if (evidence.isPresent() && s3.get().overlaps(evidence.get())) {
        throw new SettingsException(
            WHERE + "s3/prefix",
            "must not lie within that of evidence.s3, or the other way round: use another prefix"
                + " for each, such as viewers/ and evidence/");
      }
    }
  }
}
