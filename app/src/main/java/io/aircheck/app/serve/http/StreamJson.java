package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.cost.RunningCost;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Streams as JSON: the schemas {@code Stream} and {@code Track}. Nothing secret is in it. */
final class StreamJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StreamJson() {}

  /**
   * A stream with its state.
   *
   * @param active incidents that are not over, of all streams
   * @param missing detectors that it is watched without
   * @param cost what it costs now; empty: not measured yet
   */
  static ObjectNode of(
      WatchedStream stream,
      StreamStatus status,
      Collection<Incident> active,
      Set<String> missing,
      Optional<RunningCost> cost) {
    StreamSettings settings = stream.settings();
    ObjectNode json = NODES.objectNode();
    json.put("id", settings.id());
    json.put("url", SafeUri.redact(settings.url()));
    settings.name().ifPresent(name -> json.put("name", name));
    json.put("policy", settings.policy());
    json.put("priority", settings.priority());
    ObjectNode labels = json.putObject("labels");
    settings.labels().forEach(labels::put);
    settings.reference().ifPresent(reference -> json.put("reference", SafeUri.redact(reference)));
    if (!settings.renditions().isEmpty()) {
      settings.renditions().forEach(json.putArray("renditions")::add);
    }
    settings
        .schedule()
        .ifPresent(
            schedule -> {
              ObjectNode times = json.putObject("schedule");
              schedule.from().ifPresent(from -> times.put("from", from.toString()));
              schedule.to().ifPresent(to -> times.put("to", to.toString()));
            });
    settings.watching().ifPresent(mode -> json.put("watching", mode.word()));
    json.put("declaredIn", word(stream.origin()));
    json.put("revision", stream.revision());
    json.put("state", word(status.state()));
    status.problem().ifPresent(problem -> json.put("problem", discreet(problem, settings)));
    if (status.state() == StreamStatus.State.WATCHING) {
      json.put("depth", status.closeness().light() ? "light" : "full");
      if (!status.closeness().why().isEmpty()) {
        json.put("depthReason", status.closeness().why());
      }
    }
    if (!missing.isEmpty()) {
      missing.forEach(json.putArray("missingDetectors")::add);
    }
    List<Incident> open =
        active.stream()
            .filter(incident -> incident.stream().equals(stream.id()))
            .filter(incident -> incident.state() == Incident.State.OPEN)
            .toList();
    worst(open).ifPresent(severity -> json.put("severity", severity.word()));
    json.put("incidents", open.size());
    cost.ifPresent(running -> json.set("cost", of(running)));
    ArrayNode renditions = json.putArray("renditionStates");
    status.renditions().forEach(rendition -> renditions.add(of(rendition, settings)));
    return json;
  }

  private static ObjectNode of(RunningCost cost) {
    ObjectNode json = NODES.objectNode();
    json.put("perHour", cost.perHour());
    json.put("currency", cost.currency());
    json.put("pricesOf", cost.pricesOf());
    json.put("cores", cost.cores());
    json.put("memoryGb", cost.memoryGb());
    return json;
  }

  private static Optional<Severity> worst(List<Incident> open) {
    return open.stream().map(Incident::severity).max(Comparator.naturalOrder());
  }

  /** Sources take care of that themselves; this is the last door. */
  private static String discreet(String problem, StreamSettings settings) {
    return problem.replace(settings.url(), SafeUri.redact(settings.url()));
  }

  private static ObjectNode of(StreamStatus.Rendition rendition, StreamSettings settings) {
    ObjectNode json = NODES.objectNode();
    if (rendition.id() != null) {
      json.put("rendition", rendition.id());
    }
    json.put("state", word(rendition.state()));
    rendition.problem().ifPresent(problem -> json.put("problem", discreet(problem, settings)));
    rendition
        .info()
        .ifPresent(
            info -> {
              json.put("container", info.container());
              json.set("tracks", tracks(info));
            });
    json.set("levels", levels(rendition.levels()));
    json.put("skippedFrames", rendition.skippedFrames());
    json.put("reconnects", rendition.reconnects());
    json.put("keyPicturesOnly", rendition.keyPicturesOnly());
    return json;
  }

  /**
   * Level of each sound track, in dBFS, of the first rendition that has any; null: none now, since
   * nothing has come yet or nothing comes any more.
   */
  static ArrayNode soundLevels(StreamStatus status) {
    ArrayNode json = NODES.arrayNode();
    for (StreamStatus.Rendition rendition : status.renditions()) {
      List<Track> tracks = rendition.info().map(MediaInfo::tracks).orElse(List.of());
      for (Track track : tracks) {
        if (track.type() == TrackType.AUDIO) {
          Double level =
              rendition.state() == StreamStatus.State.WATCHING
                  ? rendition.levels().get(track.id() + " audio.level")
                  : null;
          json.add(level == null || !Double.isFinite(level) ? null : Math.round(level * 10) / 10.0);
        }
      }
      if (!json.isEmpty()) {
        break;
      }
    }
    return json;
  }

  /** Values shown live, by track and metric. */
  static ObjectNode levels(Map<String, Double> levels) {
    ObjectNode json = NODES.objectNode();
    levels.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            json.put(name, Math.round(value * 10) / 10.0);
          }
        });
    return json;
  }

  /** The tracks of an input. */
  static ArrayNode tracks(MediaInfo info) {
    ArrayNode json = NODES.arrayNode();
    for (Track track : info.tracks()) {
      ObjectNode one = json.addObject();
      one.put("id", track.id());
      one.put("type", word(track.type()));
      one.put("codec", track.codec());
      if (track.type() == TrackType.VIDEO) {
        one.put("width", track.width());
        one.put("height", track.height());
        one.put("frameRate", track.frameRate());
      } else {
        one.put("sampleRate", track.sampleRate());
        one.put("channels", track.channels());
      }
    }
    return json;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
