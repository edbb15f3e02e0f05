package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import org.jspecify.annotations.Nullable;

/**
 * Whether streams run in processes of their own, so that natives that crash take down no more than
 * their share.
 *
 * @param processes children that share the streams
 * @param heap bound of the heap of each child
 * @param address where a cluster asks what to watch
 * @param port likewise
 * @param sinks where a cluster brings incidents that watches without the service
 */
public record IsolationSettings(
    Mode mode, int processes, ByteSize heap, String address, int port, SinkSettings sinks) {
  private static final String DEFAULT_ADDRESS = "127.0.0.1";
  private static final int DEFAULT_PORT = 8090;

  /** A JVM does not start with much less. */
  private static final long SMALLEST_HEAP = 32_000_000;

  private static final int MOST_PROCESSES = 64;

  /** Everything in the process of the service. */
  public static final IsolationSettings DEFAULT = of("none");

  /** Where streams run. */
  public enum Mode {
    /** In the process of the service. */
    NONE,
    /** In supervised child processes. */
    PROCESS,
    /** On a cluster that asks the service what to watch. */
    CLUSTER;

    /**
     * The mode of a word in the configuration.
     *
     * @throws IllegalArgumentException for any other word
     */
    @JsonCreator
    static Mode parse(String word) {
      return switch (word) {
        case "none" -> NONE;
        case "process" -> PROCESS;
        case "cluster" -> CLUSTER;
        default -> throw new IllegalArgumentException("must be one of none, process, cluster");
      };
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static IsolationSettings of(
      @JsonProperty("mode") @Nullable Mode mode,
      @JsonProperty("processes") @Nullable Integer processes,
      @JsonProperty("heap") @Nullable ByteSize heap,
      @JsonProperty("address") @Nullable String address,
      @JsonProperty("port") @Nullable Integer port,
      @JsonProperty("sinks") @Nullable SinkSettings sinks) {
    return new IsolationSettings(
        mode == null ? Mode.NONE : mode,
        processes == null ? 2 : processes,
        heap == null ? new ByteSize(512_000_000) : heap,
        address == null ? DEFAULT_ADDRESS : address,
        port == null ? DEFAULT_PORT : port,
        sinks == null ? SinkSettings.of(null, null) : sinks);
  }

  /** {@code isolation: process} for short. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static IsolationSettings of(String word) {
    return of(Mode.parse(word), null, null, null, null, null);
  }

  void check() throws SettingsException {
    if (processes < 1 || processes > MOST_PROCESSES) {
      throw new SettingsException(
          "/isolation/processes",
          "is %d, must be from 1 to %d".formatted(processes, MOST_PROCESSES));
    }
    if (port < 1 || port > 65_535) {
      throw new SettingsException("/isolation/port", "is " + port + ", must be from 1 to 65535");
    }
    if (heap.bytes() < SMALLEST_HEAP) {
      throw new SettingsException("/isolation/heap", "must be 32MB or more; 512MB is the default");
    }
    try {
      sinks.check();
    } catch (SettingsException e) {
      throw e.within("/isolation/sinks");
    }
  }
}
