package io.aircheck.app.serve.incidents;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.IncidentStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Forgets incidents that closed long ago, with their evidence. Thread-safe. */
public final class Retention {
  /** So few that whoever else writes to the store hardly waits. */
  private static final int AT_ONCE = 100;

  private final IncidentStore incidents;
  private final EvidenceStore evidence;

  /** For one store and the evidence of its incidents. */
  public Retention(IncidentStore incidents, EvidenceStore evidence) {
    this.incidents = incidents;
    this.evidence = evidence;
  }

  /**
   * Forgets closed incidents last seen before a time, in several steps: interrupted at any moment,
   * it leaves no evidence without an incident.
   *
   * @throws IOException when evidence cannot be removed; its incident is kept then, and the newer
   *     ones after the step that it was in wait for the next time
   */
  public void forgetBefore(long millis) throws IOException {
    List<String> old = incidents.closedBefore(millis, AT_ONCE);
    while (!old.isEmpty()) {
      forget(old);
      old = incidents.closedBefore(millis, AT_ONCE);
    }
  }

  /** One whose evidence cannot be removed does not keep the others for ever. */
  private void forget(List<String> old) throws IOException {
    List<String> bare = new ArrayList<>();
    IOException failure = null;
    for (String incident : old) {
      try {
        if (!Incident.isGroupId(incident)) {
          evidence.remove(incident);
        }
        bare.add(incident);
      } catch (IOException e) {
        failure = e;
      }
    }
    incidents.forget(bare);
    if (failure != null) {
      throw failure;
    }
  }
}
