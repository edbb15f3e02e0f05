package io.aircheck.experience.portable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a report says, by the names that {@link Facts} has. */
final class FactsJson {
  private FactsJson() {}

  static void write(JsonGenerator json, Facts facts) throws IOException {
    json.writeStartObject();
    text(json, "state", facts.state() == null ? null : facts.state().name());
    text(json, "content", facts.content());
    flag(json, "live", facts.live());
    number(json, "bitrateKbps", facts.bitrateKbps());
    number(json, "topBitrateKbps", facts.topBitrateKbps());
    number(json, "width", facts.width());
    number(json, "height", facts.height());
    number(json, "playheadMillis", facts.playheadMillis());
    number(json, "positionMillis", facts.positionMillis());
    if (facts.playbackRate() != null) {
      json.writeNumberField("playbackRate", facts.playbackRate());
    }
    number(json, "liveLatencyMillis", facts.liveLatencyMillis());
    number(json, "bufferMillis", facts.bufferMillis());
    number(json, "droppedFrames", facts.droppedFrames());
    number(json, "startupMillis", facts.startupMillis());
    number(json, "stalls", facts.stalls());
    number(json, "stalledMillis", facts.stalledMillis());
    flag(json, "starved", facts.starved() ? true : null);
    flag(json, "adBreak", facts.adBreak());
    flag(json, "ad", facts.ad());
    flag(json, "background", facts.background());
    text(json, "errorCode", facts.errorCode());
    flag(json, "fatal", facts.fatal() ? true : null);
    if (facts.delivery() != null) {
      json.writeFieldName("delivery");
      write(json, facts.delivery());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Delivery delivery) throws IOException {
    json.writeStartObject();
    text(json, "host", delivery.host());
    text(json, "path", delivery.path());
    json.writeNumberField("status", delivery.status());
    json.writeNumberField("firstByteMillis", delivery.firstByteMillis());
    json.writeNumberField("lastByteMillis", delivery.lastByteMillis());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void flag(JsonGenerator json, String name, @Nullable Boolean value)
      throws IOException {
    if (value != null) {
      json.writeBooleanField(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, @Nullable Number value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value.longValue());
    }
  }

  /** Reads an object that has just begun. */
  static Facts read(JsonParser json) throws IOException {
    FactsBuilder facts = Facts.facts();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "state" -> facts.state(PlayerState.valueOf(json.getText()));
        case "content" -> facts.content(json.getText());
        case "live" -> facts.live(json.getBooleanValue());
        case "bitrateKbps" -> facts.bitrateKbps(json.getIntValue());
        case "topBitrateKbps" -> facts.topBitrateKbps(json.getIntValue());
        case "width" -> facts.width(json.getIntValue());
        case "height" -> facts.height(json.getIntValue());
        case "playheadMillis" -> facts.playheadMillis(json.getLongValue());
        case "positionMillis" -> facts.positionMillis(json.getLongValue());
        case "playbackRate" -> facts.playbackRate(json.getDoubleValue());
        case "liveLatencyMillis" -> facts.liveLatencyMillis(json.getLongValue());
        case "bufferMillis" -> facts.bufferMillis(json.getLongValue());
        case "droppedFrames" -> facts.droppedFrames(json.getLongValue());
        case "startupMillis" -> facts.startupMillis(json.getLongValue());
        case "stalls" -> facts.stalls(json.getLongValue());
        case "stalledMillis" -> facts.stalledMillis(json.getLongValue());
        case "starved" -> facts.starved(json.getBooleanValue());
        case "adBreak" -> facts.adBreak(json.getBooleanValue());
        case "ad" -> facts.ad(json.getBooleanValue());
        case "background" -> facts.background(json.getBooleanValue());
        case "errorCode" -> facts.errorCode(json.getText());
        case "fatal" -> facts.fatal(json.getBooleanValue());
        case "delivery" -> facts.delivery(delivery(json));
        default -> json.skipChildren();
      }
    }
    return facts.build();
  }

  private static Delivery delivery(JsonParser json) throws IOException {
    String host = null;
    String path = null;
    int status = -1;
    long firstByteMillis = -1;
    long lastByteMillis = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "host" -> host = json.getText();
        case "path" -> path = json.getText();
        case "status" -> status = json.getIntValue();
        case "firstByteMillis" -> firstByteMillis = json.getLongValue();
        case "lastByteMillis" -> lastByteMillis = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    return new Delivery(host, path, status, firstByteMillis, lastByteMillis);
  }
}
