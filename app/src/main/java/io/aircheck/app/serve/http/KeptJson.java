package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.settings.ArchiveSettings;
import io.aircheck.app.serve.settings.ConnectorSettings;
import io.aircheck.app.serve.settings.ConnectorSettings.Sort;
import io.aircheck.app.serve.settings.S3Settings;
import io.aircheck.app.serve.settings.ViewerJobSettings;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.viewers.Archiving;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.app.serve.viewers.ViewerLog;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.core.media.SafeUri;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.SessionPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of viewers, where, for how long, and who else gets it, as JSON: by the settings that
 * a service works with, not by those of a file that was changed since its start.
 */
final class KeptJson {
  private KeptJson() {}

  /**
   * All of it.
   *
   * @param single viewers one by one; empty: they are not known here
   * @param left whether there is more, of earlier settings
   */
  static ObjectNode of(KnownViewers viewers, Optional<Viewers> single, boolean left) {
    ViewerSettings settings = viewers.settings();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reportsSeconds", single.isEmpty() ? 0 : settings.keepReportsFor().toSeconds());
    json.put("reportsBytes", single.map(Viewers::journalBytes).orElse(0L));
    json.put("mostReportsBytes", single.isEmpty() ? 0 : settings.maxBytes().bytes());
    json.put("sessionsSeconds", single.isEmpty() ? 0 : SessionPolicy.DEFAULT.retainMillis() / 1000);
    json.put("sumsSeconds", viewers.spec().spanMillis() / 1000);
    json.put("usual", settings.alerts().enabled());
    json.set("archive", archive(viewers, left));
    if (settings.readsJob()) {
      json.set("job", job(settings.job()));
    }
    json.set("connectors", connectors(settings));
    ArrayNode logs = json.putArray("logs");
    single.map(Viewers::logs).orElse(List.of()).stream().map(ViewerLog::name).forEach(logs::add);
    addAttributes(json, single.map(Viewers::places).orElse(List.of()), settings);
    return json;
  }

  /** Where a job keeps what it makes. */
  private static ObjectNode job(ViewerJobSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    settings.postgresql().ifPresent(sums -> json.put("sums", SafeUri.redact(sums.url())));
    settings.folder().ifPresent(folder -> json.put("sessions", folder.toString()));
    settings.s3().ifPresent(bucket -> json.put("sessions", bucket.shown()));
    return json;
  }

  private static ObjectNode archive(KnownViewers viewers, boolean left) {
    ArchiveSettings settings = viewers.settings().archive();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("enabled", viewers.archiving().isPresent());
    json.put("left", left);
    json.put("sessionsSeconds", settings.keepSessionsFor().toSeconds());
    json.put("minutesSeconds", settings.keepMinutesFor().toSeconds());
    settings.s3().map(S3Settings::shown).ifPresent(bucket -> json.put("bucket", bucket));
    viewers
        .archiving()
        .map(Archiving::archive)
        .ifPresent(archive -> json.put("bytes", archive.bytes()));
    return json;
  }

  private static ArrayNode connectors(ViewerSettings settings) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (ConnectorSettings connector : settings.connectors()) {
      ObjectNode one = json.addObject();
      one.put("name", connector.name()).put("type", connector.type());
      one.put("to", connector.to());
      connector.send().stream().sorted().map(Sort::word).forEach(one.putArray("send")::add);
      if (connector.sendsSessions()) {
        one.put("sessionIds", connector.sessionIds());
        one.put("mostWaiting", connector.mostWaiting());
      }
    }
    return json;
  }

  private static void addAttributes(
      ObjectNode json, List<PlaceFile> places, ViewerSettings settings) {
    json.put("doNotTrack", settings.doNotTrack());
    json.put("country", settings.countryHeader().isPresent());
    json.put("network", settings.networkHeader().isPresent());
    json.put("region", settings.keeps(Attributes.REGION));
    ArrayNode locations = json.putArray("locations");
    for (PlaceFile file : places) {
      ObjectNode location = locations.addObject();
      location.put("file", file.name()).put("madeAt", file.made().toString());
      file.problem().ifPresent(problem -> location.put("problem", problem));
    }
    settings.customKeys().values().stream()
        .sorted()
        .forEach(json.putArray("customAttributes")::add);
  }
}
