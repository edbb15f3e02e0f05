package io.aircheck.experience.report;

import io.aircheck.experience.report.ViewerReport.Facts;
import org.jspecify.annotations.Nullable;

/** Collects the facts of a report; what is not set was not told. Not thread-safe. */
public final class FactsBuilder {
  private @Nullable PlayerState state;
  private @Nullable String content;
  private @Nullable Boolean live;
  private @Nullable Integer bitrateKbps;
  private @Nullable Integer topBitrateKbps;
  private @Nullable Integer width;
  private @Nullable Integer height;
  private @Nullable Long playheadMillis;
  private @Nullable Long positionMillis;
  private @Nullable Double playbackRate;
  private @Nullable Long liveLatencyMillis;
  private @Nullable Long bufferMillis;
  private @Nullable Long droppedFrames;
  private @Nullable Long startupMillis;
  private @Nullable Long stalls;
  private @Nullable Long stalledMillis;
  private boolean starved;
  private @Nullable Boolean adBreak;
  private @Nullable Boolean ad;
  private @Nullable Boolean background;
  private @Nullable String errorCode;
  private boolean fatal;
  private @Nullable Delivery delivery;

  FactsBuilder() {}

  FactsBuilder(Facts facts) {
    this.state = facts.state();
    this.content = facts.content();
    this.live = facts.live();
    this.bitrateKbps = facts.bitrateKbps();
    this.topBitrateKbps = facts.topBitrateKbps();
    this.width = facts.width();
    this.height = facts.height();
    this.playheadMillis = facts.playheadMillis();
    this.positionMillis = facts.positionMillis();
    this.playbackRate = facts.playbackRate();
    this.liveLatencyMillis = facts.liveLatencyMillis();
    this.bufferMillis = facts.bufferMillis();
    this.droppedFrames = facts.droppedFrames();
    this.startupMillis = facts.startupMillis();
    this.stalls = facts.stalls();
    this.stalledMillis = facts.stalledMillis();
    this.starved = facts.starved();
    this.adBreak = facts.adBreak();
    this.ad = facts.ad();
    this.background = facts.background();
    this.errorCode = facts.errorCode();
    this.fatal = facts.fatal();
    this.delivery = facts.delivery();
  }

  /** Sets it. */
  public FactsBuilder state(@Nullable PlayerState value) {
    this.state = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder content(@Nullable String value) {
    this.content = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder live(@Nullable Boolean value) {
    this.live = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder bitrateKbps(@Nullable Integer value) {
    this.bitrateKbps = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder topBitrateKbps(@Nullable Integer value) {
    this.topBitrateKbps = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder width(@Nullable Integer value) {
    this.width = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder height(@Nullable Integer value) {
    this.height = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder playheadMillis(@Nullable Long value) {
    this.playheadMillis = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder positionMillis(@Nullable Long value) {
    this.positionMillis = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder playbackRate(@Nullable Double value) {
    this.playbackRate = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder liveLatencyMillis(@Nullable Long value) {
    this.liveLatencyMillis = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder bufferMillis(@Nullable Long value) {
    this.bufferMillis = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder droppedFrames(@Nullable Long value) {
    this.droppedFrames = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder startupMillis(@Nullable Long value) {
    this.startupMillis = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder stalls(@Nullable Long value) {
    this.stalls = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder stalledMillis(@Nullable Long value) {
    this.stalledMillis = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder starved(boolean value) {
    this.starved = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder adBreak(@Nullable Boolean value) {
    this.adBreak = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder ad(@Nullable Boolean value) {
    this.ad = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder background(@Nullable Boolean value) {
    this.background = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder errorCode(@Nullable String value) {
    this.errorCode = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder fatal(boolean value) {
    this.fatal = value;
    return this;
  }

  /** Sets it. */
  public FactsBuilder delivery(@Nullable Delivery value) {
    this.delivery = value;
    return this;
  }

  /** The facts. */
  public Facts build() {
    return new Facts(
        state,
        content,
        live,
        bitrateKbps,
        topBitrateKbps,
        width,
        height,
        playheadMillis,
        positionMillis,
        playbackRate,
        liveLatencyMillis,
        bufferMillis,
        droppedFrames,
        startupMillis,
        stalls,
        stalledMillis,
        starved,
        adBreak,
        ad,
        background,
        errorCode,
        fatal,
        delivery);
  }
}
