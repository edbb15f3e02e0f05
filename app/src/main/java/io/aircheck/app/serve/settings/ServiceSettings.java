package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.core.net.OutboundPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything a configuration file says, with the defaults where it says nothing. Immutable. */
public record ServiceSettings(
    Server server,
    Path data,
    Optional<StoreSettings> store,
    History history,
    Evidence evidence,
    List<TokenSettings> tokens,
    Outbound outbound,
    Map<String, PolicySettings> policies,
    GroupingSettings grouping,
    IsolationSettings isolation,
    CapacitySettings capacity,
    Optional<Path> prices,
    Optional<CopySettings> copies,
    ViewerSettings viewers,
    List<StreamSettings> streams,
    List<MuteSettings> mutes,
    Map<String, ChannelDeclaration> channels,
    List<RouteSettings> routes) {

  /** All that something connects with. */
  private static final Set<String> SCHEMES =
      Set.of("http", "https", "srt", "udp", "rtp", "rtmp", "rtmps", "rtsp", "smtp", "tcp", "file");

  /** What a service does that is told nothing. */
  public static final ServiceSettings DEFAULT =
      of(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null);

  public ServiceSettings {
    tokens = List.copyOf(tokens);
    policies = Map.copyOf(policies);
    streams = List.copyOf(streams);
    mutes = List.copyOf(mutes);
    channels = Map.copyOf(channels);
    routes = List.copyOf(routes);
  }

  @JsonCreator
  static ServiceSettings of(
      @JsonProperty("server") @Nullable Server server,
      @JsonProperty("data") @Nullable Path data,
      @JsonProperty("store") @Nullable StoreSettings store,
      @JsonProperty("history") @Nullable History history,
      @JsonProperty("evidence") @Nullable Evidence evidence,
      @JsonProperty("tokens") @Nullable List<TokenSettings> tokens,
      @JsonProperty("outbound") @Nullable Outbound outbound,
      @JsonProperty("policies") @Nullable Map<String, PolicySettings> policies,
      @JsonProperty("grouping") @Nullable GroupingSettings grouping,
      @JsonProperty("isolation") @Nullable IsolationSettings isolation,
      @JsonProperty("capacity") @Nullable CapacitySettings capacity,
      @JsonProperty("prices") @Nullable Path prices,
      @JsonProperty("copies") @Nullable CopySettings copies,
      @JsonProperty("viewers") @Nullable ViewerSettings viewers,
      @JsonProperty("streams") @Nullable List<StreamSettings> streams,
      @JsonProperty("mutes") @Nullable List<MuteSettings> mutes,
      @JsonProperty("channels") @Nullable Map<String, ChannelDeclaration> channels,
      @JsonProperty("routes") @Nullable List<RouteSettings> routes) {
    return new ServiceSettings(
        server == null ? Server.of(null, null) : server,
        data == null ? Path.of("aircheck-data") : data,
        Optional.ofNullable(store),
        history == null ? History.of(null, null, null) : history,
        evidence == null ? Evidence.of(null, null, null, null) : evidence,
        tokens == null ? List.of() : tokens,
        outbound == null ? Outbound.of(null, null, null) : outbound,
        policies == null ? Map.of() : new LinkedHashMap<>(policies),
        grouping == null ? GroupingSettings.of(null, null, null, null) : grouping,
        isolation == null ? IsolationSettings.DEFAULT : isolation,
        capacity == null ? CapacitySettings.of(null) : capacity,
        Optional.ofNullable(prices),
        Optional.ofNullable(copies),
        viewers == null ? ViewerSettings.DEFAULT : viewers,
        streams == null ? List.of() : streams,
        mutes == null ? List.of() : mutes,
        channels == null ? Map.of() : new LinkedHashMap<>(channels),
        routes == null ? List.of() : routes);
  }

  /** The same as one of several copies. */
  public ServiceSettings withCopies(CopySettings one) {
    return new ServiceSettings(
        server,
        data,
        store,
        history,
        evidence,
        tokens,
        outbound,
        policies,
        grouping,
        isolation,
        capacity,
        prices,
        Optional.of(one),
        viewers,
        streams,
        mutes,
        channels,
        routes);
  }

  /**
   * Where streams and channels may connect to.
   *
   * @throws SettingsException when the address that the service listens on is unknown
   */
  public OutboundPolicy outboundPolicy() throws SettingsException {
    boolean loopback = SettingsCheck.isLoopback(server.address());
    return new OutboundPolicy(
        outbound.schemes().isEmpty() ? SCHEMES : Set.copyOf(outbound.schemes()),
        outbound.privateNetworks().orElse(loopback),
        outbound.files());
  }

  /**
   * Where the service listens.
   *
   * @param address name or address of an interface
   * @param port 0: a free one
   */
  public record Server(String address, int port) {
    @JsonCreator
    static Server of(
        @JsonProperty("address") @Nullable String address,
        @JsonProperty("port") @Nullable Integer port) {
      return new Server(address == null ? "127.0.0.1" : address, port == null ? 8080 : port);
    }
  }

  /**
   * How long what is kept.
   *
   * @param secondsFor metrics at one second
   * @param minutesFor metrics at one minute
   * @param incidentsFor incidents and their evidence
   */
  public record History(Duration secondsFor, Duration minutesFor, Duration incidentsFor) {
    @JsonCreator
    static History of(
        @JsonProperty("secondsFor") @Nullable Duration secondsFor,
        @JsonProperty("minutesFor") @Nullable Duration minutesFor,
        @JsonProperty("incidentsFor") @Nullable Duration incidentsFor) {
      return new History(
          secondsFor == null ? Duration.ofHours(24) : secondsFor,
          minutesFor == null ? Duration.ofDays(30) : minutesFor,
          incidentsFor == null ? Duration.ofDays(365) : incidentsFor);
    }
  }

  /**
   * How much evidence is kept.
   *
   * @param clipBefore media before the beginning of an incident that its clip shows
   * @param clipAfter media after it
   * @param maxBytes the oldest evidence goes when there is more
   * @param s3 where it is kept; empty: in the data directory
   */
  public record Evidence(
      Duration clipBefore, Duration clipAfter, ByteSize maxBytes, Optional<S3Settings> s3) {
    /** Clips begin with a key frame, and findings are found some time after their beginning. */
    private static final Duration KEY_FRAMES = Duration.ofSeconds(15);

    @JsonCreator
    static Evidence of(
        @JsonProperty("clipBefore") @Nullable Duration clipBefore,
        @JsonProperty("clipAfter") @Nullable Duration clipAfter,
        @JsonProperty("maxBytes") @Nullable ByteSize maxBytes,
        @JsonProperty("s3") @Nullable S3Settings s3) {
      return new Evidence(
          clipBefore == null ? Duration.ofSeconds(10) : clipBefore,
          clipAfter == null ? Duration.ofSeconds(5) : clipAfter,
          maxBytes == null ? new ByteSize(20_000_000_000L) : maxBytes,
          Optional.ofNullable(s3));
    }

    /** How much of the latest media is to be at hand, so that clips can be made of it. */
    public Duration atHand() {
      return clipBefore.plus(clipAfter).plus(KEY_FRAMES);
    }
  }

  /**
   * Where addresses of streams and channels may point at.
   *
   * @param schemes empty: all that something reads
   * @param privateNetworks loopback and private addresses; empty: while the service itself listens
   *     on loopback
   * @param files folders below which files may be read
   */
  public record Outbound(
      List<String> schemes,
      @JsonProperty("private") Optional<Boolean> privateNetworks,
      List<Path> files) {
    @JsonCreator
    static Outbound of(
        @JsonProperty("schemes") @Nullable List<String> schemes,
        @JsonProperty("private") @Nullable Boolean privateNetworks,
        @JsonProperty("files") @Nullable List<Path> files) {
      return new Outbound(
          schemes == null ? List.of() : List.copyOf(schemes),
          Optional.ofNullable(privateNetworks),
          files == null ? List.of() : List.copyOf(files));
    }
  }
}
