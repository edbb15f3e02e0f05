package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.FactOutlet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Publishes files when their checkpoint is complete. What cannot be published now is part of the
 * checkpoints until it can; why is told once.
 */
final class FactCommitter implements Committer<FactOutlet.File> {
  private static final Logger LOGGER = System.getLogger(FactCommitter.class.getName());

  private final FactOutlet outlet;
  private boolean away;

  FactCommitter(FactOutlet outlet) {
    this.outlet = outlet;
  }

  @Override
  public void commit(Collection<CommitRequest<FactOutlet.File>> requests) {
    for (CommitRequest<FactOutlet.File> request : requests) {
      try {
        outlet.publish(request.getCommittable());
        if (away) {
          LOGGER.log(Level.INFO, "files of viewers are published again");
        }
        away = false;
      } catch (IOException e) {
        if (!away) {
          LOGGER.log(
              Level.WARNING,
              "files of viewers cannot be published, and wait in checkpoints: " + e.getMessage());
        }
        away = true;
        request.retryLater();
      }
    }
  }

  @Override
  public void close() {
    outlet.close();
  }
}
