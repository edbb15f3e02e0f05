package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.exposure.ExposureCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Counts for each incident of a stream who is shown it, and leaves that with its evidence when it
 * does not change any more. Thread-safe.
 */
final class ExposureDesk {
  /** Results of incidents that are over and were counted by this process. */
  private static final int REMEMBERED = 2_000;

  private final Programmes programmes;
  private final EvidenceStore evidence;
  private final Path workFolder;
  private final Consumer<String> log;

  /** Guards what follows. */
  private final Object lock = new Object();

  private final ExposureCount exposures;

  /** Incidents that are counted, and since when they are over; {@link Long#MAX_VALUE}: not yet. */
  private final Map<String, Long> counted = new HashMap<>();

  private final Map<String, Exposure> settled =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Exposure> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param exposures counts them, and is used by this alone from now on
   * @param workFolder for files on their way to the evidence
   * @param log told one line about what an operator should know
   */
  ExposureDesk(
      ExposureCount exposures,
      Programmes programmes,
      EvidenceStore evidence,
      Path workFolder,
      Consumer<String> log) {
    this.exposures = exposures;
    this.programmes = programmes;
    this.evidence = evidence;
    this.workFolder = workFolder;
    this.log = log;
  }

  /** Lets something become known to what counts, while nobody else uses it. */
  void count(Runnable work) {
    synchronized (lock) {
      work.run();
    }
  }

  /** Takes note of what the monitor has found by now. To be called every second. */
  void look(Incidents incidents, long nowMillis) {
    Map<String, Incident> active = new HashMap<>();
    incidents.active().forEach(incident -> active.put(incident.id(), incident));
    Map<String, Optional<Exposure>> over = new HashMap<>();
    synchronized (lock) {
      for (Incident incident : active.values()) {
        tell(incident);
      }
      for (Map.Entry<String, Long> entry : counted.entrySet()) {
        if (active.containsKey(entry.getKey())) {
          entry.setValue(Long.MAX_VALUE);
        } else if (entry.getValue() == Long.MAX_VALUE) {
          entry.setValue(nowMillis);
          incidents.find(entry.getKey()).ifPresent(this::tell);
        } else if (nowMillis - entry.getValue() >= exposures.settleMillis()) {
          over.put(entry.getKey(), exposures.find(entry.getKey()));
        }
      }
      over.forEach(this::settle);
    }
    over.forEach(
        (incident, exposure) -> exposure.ifPresent(known -> keep(incident, known, nowMillis)));
  }

  private void tell(Incident incident) {
    programmes
        .defect(incident)
        .ifPresent(
            defect -> {
              counted.putIfAbsent(incident.id(), Long.MAX_VALUE);
              exposures.tell(defect);
            });
  }

  private void settle(String incident, Optional<Exposure> exposure) {
    counted.remove(incident);
    exposures.forget(incident);
    exposure.ifPresent(known -> settled.put(incident, known));
  }

  private void keep(String incident, Exposure exposure, long nowMillis) {
    if (exposure.viewers() == 0) {
      return;
    }
    try {
      Path file = Files.createTempFile(workFolder, "viewers", ".json");
      Files.writeString(file, ExposureJson.of(exposure).toString());
      evidence.put(incident, ExposureJson.EVIDENCE, "application/json", nowMillis, file);
    } catch (IOException e) {
      log.accept("who was shown %s could not be kept: %s".formatted(incident, e.getMessage()));
    }
  }

  /**
   * Who has been shown an incident; empty when nothing is known of it here: it is over for long,
   * and its evidence has it, or it cannot be known.
   */
  Optional<Exposure> of(String incident) {
    synchronized (lock) {
      if (counted.containsKey(incident)) {
        return exposures.find(incident);
      }
      return Optional.ofNullable(settled.get(incident));
    }
  }

  /** Who has been shown the incidents that are counted, by their ids. */
  Map<String, Exposure> counted() {
    synchronized (lock) {
      Map<String, Exposure> all = new HashMap<>();
      for (String incident : counted.keySet()) {
        exposures.find(incident).ifPresent(exposure -> all.put(incident, exposure));
      }
      return all;
    }
  }
}
