package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.viewer.ReportLog;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.journal.Sync;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.notify.kafka.KafkaReportLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how reports of viewers are collected. Immutable.
 *
 * @param enabled whether they are
 * @param retired whether players are told to stop for good
 * @param path a second address of one's own that takes reports; empty: none
 * @param origins pages whose players may report; empty: all
 * @param addressHeader header in which a proxy tells the address of the viewer; empty: there is no
 *     proxy
 * @param countryHeader header in which a proxy tells the country; empty: none
 * @param networkHeader header in which a proxy tells the network; empty: none
 * @param locations databases that tell where addresses are, in the order in which they are asked
 * @param doNotTrack whether {@code DNT: 1} is heeded as {@code Sec-GPC: 1} is
 * @param folder where reports are kept as they came; what is made of them is kept beside it; empty:
 *     {@code viewers} in the data folder
 * @param keepReportsFor how long reports are kept as they came
 * @param maxBytes the oldest go when there is more
 * @param sync when what is written is forced to the disk
 * @param maxSessions sessions that are remembered
 * @param maxBodyBytes longest body that is taken
 * @param reportsPerSecond of one sender, for long
 * @param dimensions sets that are kept together, besides what is kept anyway
 * @param cubeMemory what the sums of the last hour take of memory at most
 * @param customKeys names of attributes by the custom keys of CMCD that hold them
 * @param unmonitored what becomes of contents that viewers watch and nobody monitors
 * @param archive what is kept of viewers for longer
 * @param alerts when what gets worse for viewers is an incident
 * @param kafka where reports are handed over to, as a channel of this type is set up; empty: they
 *     stay here; with secrets
 * @param job what a job on a cluster makes of those that are handed over
 * @param metrics what {@code /metrics} tells of viewers
 * @param connectors other systems that are told of viewers
 * @param logs request logs that reports are read from
 */
public record ViewerSettings(
    boolean enabled,
    boolean retired,
    Optional<String> path,
    List<String> origins,
    Optional<String> addressHeader,
    Optional<String> countryHeader,
    Optional<String> networkHeader,
    List<Path> locations,
    boolean doNotTrack,
    Optional<Path> folder,
    Duration keepReportsFor,
    ByteSize maxBytes,
    Sync sync,
    int maxSessions,
    ByteSize maxBodyBytes,
    int reportsPerSecond,
    List<DimensionSet> dimensions,
    ByteSize cubeMemory,
    Map<String, String> customKeys,
    UnmonitoredSettings unmonitored,
    ArchiveSettings archive,
    AlertSettings alerts,
    Map<String, String> kafka,
    ViewerJobSettings job,
    ViewerMetricSettings metrics,
    List<ConnectorSettings> connectors,
    List<LogSettings> logs) {
  /**
   * A start reads the hour again that is not archived yet, and before it as long as sessions may be
   * silent.
   */
  private static final Duration SHORTEST = Duration.ofMinutes(100);

  private static final long SMALLEST_JOURNAL = 10_000_000;
  private static final long SMALLEST_CUBE = 100_000_000;
  private static final long SMALLEST_BODY = 1_000;
  private static final long LARGEST_BODY = 8_000_000;
  private static final int MOST_DIMENSIONS = 16;
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-]{1,64}){1,8}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private static final Pattern CUSTOM_KEY = Pattern.compile("[a-z0-9.]+(-[a-z0-9.]+)+");

  /** Beginnings of paths that are taken. */
  private static final Set<String> TAKEN =
      Set.of(
          "v1",
          "page",
          "metrics",
          "health",
          "ready",
          "streams",
          "incidents",
          "viewers",
          "checks",
          "settings");

  /** What a service does that is told nothing: it collects nothing. */
  public static final ViewerSettings DEFAULT =
      of(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null, null, null, null, null, null, null);

  /** When to force, as the configuration says it. */
  record SyncWord(Sync sync) {
    /**
     * @throws IllegalArgumentException for any other word
     */
    @JsonCreator
    static SyncWord parse(String word) {
      for (Sync sync : Sync.values()) {
        if (sync.name().toLowerCase(Locale.ROOT).equals(word)) {
          return new SyncWord(sync);
        }
      }
      throw new IllegalArgumentException("must be one of never, second, always");
    }
  }

  public ViewerSettings {
    origins = List.copyOf(origins);
    locations = List.copyOf(locations);
    dimensions = List.copyOf(dimensions);
    customKeys = Map.copyOf(customKeys);
    kafka = Map.copyOf(kafka);
    connectors = List.copyOf(connectors);
    logs = List.copyOf(logs);
  }

  @JsonCreator
  static ViewerSettings of(
      @JsonProperty("enabled") @Nullable Boolean enabled,
      @JsonProperty("retired") @Nullable Boolean retired,
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("origins") @Nullable List<String> origins,
      @JsonProperty("addressHeader") @Nullable String addressHeader,
      @JsonProperty("countryHeader") @Nullable String countryHeader,
      @JsonProperty("networkHeader") @Nullable String networkHeader,
      @JsonProperty("locations") @Nullable List<Path> locations,
      @JsonProperty("doNotTrack") @Nullable Boolean doNotTrack,
      @JsonProperty("folder") @Nullable Path folder,
      @JsonProperty("keepReportsFor") @Nullable Duration keepReportsFor,
      @JsonProperty("maxBytes") @Nullable ByteSize maxBytes,
      @JsonProperty("sync") @Nullable SyncWord sync,
      @JsonProperty("maxSessions") @Nullable Integer maxSessions,
      @JsonProperty("maxBodyBytes") @Nullable ByteSize maxBodyBytes,
      @JsonProperty("reportsPerSecond") @Nullable Integer reportsPerSecond,
      @JsonProperty("dimensions") @Nullable List<DimensionSet> dimensions,
      @JsonProperty("cubeMemory") @Nullable ByteSize cubeMemory,
      @JsonProperty("customKeys") @Nullable Map<String, String> customKeys,
      @JsonProperty("unmonitored") @Nullable UnmonitoredSettings unmonitored,
      @JsonProperty("archive") @Nullable ArchiveSettings archive,
      @JsonProperty("alerts") @Nullable AlertSettings alerts,
      @JsonProperty("kafka") @Nullable Map<String, String> kafka,
      @JsonProperty("job") @Nullable ViewerJobSettings job,
      @JsonProperty("metrics") @Nullable ViewerMetricSettings metrics,
      @JsonProperty("connectors") @Nullable List<ConnectorSettings> connectors,
      @JsonProperty("logs") @Nullable List<LogSettings> logs) {
    return new ViewerSettings(
        enabled != null && enabled,
        retired != null && retired,
        Optional.ofNullable(path),
        origins == null ? List.of() : origins,
        Optional.ofNullable(addressHeader),
        Optional.ofNullable(countryHeader),
        Optional.ofNullable(networkHeader),
        locations == null ? List.of() : locations,
        doNotTrack != null && doNotTrack,
        Optional.ofNullable(folder),
        keepReportsFor == null ? Duration.ofHours(2) : keepReportsFor,
        maxBytes == null ? new ByteSize(10_000_000_000L) : maxBytes,
        sync == null ? Sync.SECOND : sync.sync(),
        maxSessions == null ? 200_000 : maxSessions,
        maxBodyBytes == null ? new ByteSize(256_000) : maxBodyBytes,
        reportsPerSecond == null ? 200 : reportsPerSecond,
        dimensions == null ? DimensionSet.USUAL : dimensions,
        cubeMemory == null ? new ByteSize(CubeSpec.USUAL_BYTES) : cubeMemory,
        customKeys == null ? Map.of() : customKeys,
        unmonitored == null ? UnmonitoredSettings.DEFAULT : unmonitored,
        archive == null ? ArchiveSettings.DEFAULT : archive,
        alerts == null ? AlertSettings.DEFAULT : alerts,
        kafka == null ? Map.of() : kafka,
        job == null ? ViewerJobSettings.DEFAULT : job,
        metrics == null ? ViewerMetricSettings.DEFAULT : metrics,
        connectors == null ? List.of() : connectors,
        logs == null ? List.of() : logs);
  }

  /** Sums of the last hour that are kept in memory. */
  public CubeSpec cube() {
    return CubeSpec.lastHour(sets()).within(cubeMemory.bytes());
  }

  /** Sums of minutes that a job keeps, of the last hour in memory. */
  public CubeSpec minutes() {
    return CubeSpec.minutes(sets()).within(cubeMemory.bytes());
  }

  private List<List<String>> sets() {
    return dimensions.stream().map(DimensionSet::names).toList();
  }

  /** Whether a dimension is one that is kept besides those that are anyway. */
  public boolean keeps(String dimension) {
    return dimensions.stream().anyMatch(set -> set.names().contains(dimension));
  }

  /** Whether reports are collected, and handed over to a topic. */
  public boolean handsOver() {
    return enabled && !kafka.isEmpty();
  }

  /** Whether something is made here of the reports that are collected. */
  public boolean makesOfThem() {
    return enabled && kafka.isEmpty() && !job.read();
  }

  /** Whether what a job makes of reports is read here. */
  public boolean readsJob() {
    return enabled && job.read();
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "ViewerSettings[enabled=" + enabled + "]";
  }

  /**
   * @param policies that there are
   * @param nowhere lets nobody connect
   */
  void check(PolicyBook policies, OutboundPolicy nowhere) throws SettingsException {
    if (path.isPresent()) {
      checkPath(path.get());
    }
    for (int i = 0; i < origins.size(); i++) {
      if (!origins.get(i).matches("https?://[^/?#@\\s]+")) {
        throw wrong("origins/" + i, "must be an origin such as https://www.example.com");
      }
    }
    checkHeader("addressHeader", addressHeader);
    checkHeader("countryHeader", countryHeader);
    checkHeader("networkHeader", networkHeader);
    checkLocationNames();
    if (keepReportsFor.compareTo(SHORTEST) < 0) {
      throw wrong(
          "keepReportsFor", "must be 100m or more: a start reads the last hour and more again");
    }
    if (maxBytes.bytes() < SMALLEST_JOURNAL) {
      throw wrong("maxBytes", "must be 10MB or more; 10GB is the default");
    }
    if (maxBodyBytes.bytes() < SMALLEST_BODY || maxBodyBytes.bytes() > LARGEST_BODY) {
      throw wrong("maxBodyBytes", "must be from 1KB to 8MB");
    }
    checkAtLeast("maxSessions", maxSessions, 1000);
    checkAtLeast("reportsPerSecond", reportsPerSecond, 1);
    checkNames();
    unmonitored.check(policies);
    alerts.check();
    checkKafka();
    job.check();
    checkReading();
    if (cubeMemory.bytes() < SMALLEST_CUBE) {
      throw wrong("cubeMemory", "must be 100MB or more; 400MB is the default");
    }
    CubeSpec spec = cube();
    metrics.check(spec);
    checkConnectors(spec, nowhere);
    checkLogs();
  }

  private void checkLogs() throws SettingsException {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < logs.size(); i++) {
      logs.get(i).check("/viewers/logs/" + i, customKeys.values());
      if (!names.add(logs.get(i).name().toLowerCase(Locale.ROOT))) {
        throw wrong("logs/" + i + "/name", "is that of another log; names are unique");
      }
    }
  }

  /**
   * Checks that several copies of a service can do it together.
   *
   * @param tokens of the service
   */
  void checkCopies(List<TokenSettings> tokens) throws SettingsException {
    if (job.read()) {
      throw wrong(
          "job/read",
          "does not go with copies: each would raise every alert; let one service without copies,"
              + " with a database of its own, read what the job makes");
    }
    if (makesOfThem()) {
      if (folder.isEmpty()) {
        throw wrong(
            "folder",
            "is missing: with copies, the one that has the viewers keeps reports on a disk that all"
                + " share, so that another can go on; name a folder there, or hand reports over"
                + " (viewers.kafka)");
      }
      if (!tokens.isEmpty() && tokens.stream().noneMatch(one -> one.role() == Role.ADMIN)) {
        throw new SettingsException(
            "/tokens",
            "need one of role admin: with it copies pass reports of viewers on to the one that has"
                + " the viewers");
      }
    }
    for (int i = 0; enabled && i < logs.size(); i++) {
      if (handsOver() && logs.get(i).s3().isPresent()) {
        throw wrong(
            "logs/%d/s3".formatted(i),
            "does not go with copies that hand reports over (viewers.kafka): each would read every"
                + " object; let a service without copies read it");
      }
      if (!handsOver() && logs.get(i).file().isPresent()) {
        throw wrong(
            "logs/%d/file".formatted(i),
            "does not go with copies: which of them reads logs changes, and the file is on one"
                + " machine; let it be pushed (http), or read it from a bucket (s3)");
      }
    }
  }

  private void checkLocationNames() throws SettingsException {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < locations.size(); i++) {
      if (!names.add(String.valueOf(locations.get(i).getFileName()))) {
        throw wrong("locations/" + i, "is named as another file there; names are unique");
      }
    }
  }

  /** Checks that databases of places can be read where reports are collected. */
  void checkLocations() throws SettingsException {
    for (int i = 0; i < locations.size(); i++) {
      try {
        PlaceFile.check(locations.get(i));
      } catch (IOException e) {
        throw wrong("locations/" + i, String.valueOf(e.getMessage()));
      }
    }
  }

  private void checkKafka() throws SettingsException {
    if (!kafka.isEmpty()) {
      try (ReportLog made = new KafkaReportLog(kafka)) {
        // That it can be made is all that is asked; it has connected to nothing.
      } catch (IllegalArgumentException e) {
        throw wrong("kafka", String.valueOf(e.getMessage()));
      }
      if (!connectors.isEmpty()) {
        throw wrong("connectors", "have nothing to tell where kafka takes all reports");
      }
    }
  }

  /** What needs reports goes to who collects them. */
  private void checkReading() throws SettingsException {
    if (!job.read()) {
      return;
    }
    if (!enabled) {
      throw wrong("job/read", "does not go with enabled: false");
    }
    if (!connectors.isEmpty()) {
      throw wrong(
          "connectors",
          "do not go with job.read: the table and the files of the job are for others");
    }
    if (kafka.isEmpty() && !logs.isEmpty()) {
      throw wrong("logs", "do not go with job.read without kafka: no reports are collected here");
    }
  }

  private void checkConnectors(CubeSpec spec, OutboundPolicy nowhere) throws SettingsException {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < connectors.size(); i++) {
      try {
        connectors.get(i).check(spec, nowhere);
      } catch (SettingsException e) {
        throw e.within("/viewers/connectors/" + i);
      }
      if (!names.add(connectors.get(i).name())) {
        throw wrong("connectors/" + i + "/name", "is that of another connector; names are unique");
      }
    }
  }

  private static void checkPath(String path) throws SettingsException {
    if (!PATH.matcher(path).matches()) {
      throw wrong("path", "must be a path such as /r or /a/b, of letters, digits, - and _");
    }
    String first = path.substring(1).split("/", 2)[0];
    if (TAKEN.contains(first)) {
      throw wrong("path", "/" + first + " is taken; choose another");
    }
  }

  private static void checkHeader(String name, Optional<String> header) throws SettingsException {
    if (header.isPresent() && !HEADER.matcher(header.get()).matches()) {
      throw wrong(name, "must be the name of a header, such as X-Forwarded-For");
    }
  }

  private static void checkAtLeast(String name, int value, int least) throws SettingsException {
    if (value < least) {
      throw wrong(name, "is %d, must be %d or more".formatted(value, least));
    }
  }

  private void checkNames() throws SettingsException {
    if (dimensions.size() > MOST_DIMENSIONS) {
      throw wrong(
          "dimensions",
          "are %d, of %d at most: each costs time for every report"
              .formatted(dimensions.size(), MOST_DIMENSIONS));
    }
    Set<Set<String>> seen = new HashSet<>(DimensionSet.ANYWAY);
    for (int i = 0; i < dimensions.size(); i++) {
      DimensionSet set = dimensions.get(i);
      set.check("/viewers/dimensions/" + i);
      if (!seen.add(Set.copyOf(set.names()))) {
        throw wrong("dimensions/" + i, "is kept already; each set is there once");
      }
    }
    for (Map.Entry<String, String> key : customKeys.entrySet()) {
      if (!CUSTOM_KEY.matcher(key.getKey()).matches() || !DimensionSet.isName(key.getValue())) {
        throw wrong(
            "customKeys/" + key.getKey(),
            "must be a key with a hyphen and the name of an attribute, as in com.example-tier:"
                + " tier");
      }
    }
  }

  private static SettingsException wrong(String where, String what) {
    return new SettingsException("/viewers/" + where, what);
  }
}
