package io.aircheck.benchmarks.deployments;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.storage.RecordJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What copies send to the one that leads, overheard in their database: incidents tell of wall-clock
 * times alone, findings of media time, and findings are gone from the database once they have been
 * taken in. A trigger keeps them.
 */
final class OverheardInputs {
  /** As {@code copy_input} holds what was observed. */
  private record Seen(
      String stream,
      @Nullable String rendition,
      StreamObservation.Point point,
      long atMillis,
      Finding finding) {}

  private static final List<String> HEAR =
      List.of(
          "CREATE TABLE overheard (serial BIGINT GENERATED ALWAYS AS IDENTITY, type TEXT, body"
              + " TEXT)",
          """
          CREATE FUNCTION overhear() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO overheard (type, body) VALUES (NEW.type, NEW.body);
              RETURN NEW;
            END $$
          """,
          """
          CREATE TRIGGER overhear AFTER INSERT ON copy_input
            FOR EACH ROW EXECUTE FUNCTION overhear()
          """);

  private final DataSource database;

  /**
   * Hears from now on.
   *
   * @param database in which copies have their tables
   */
  OverheardInputs(DataSource database) throws SQLException {
    this.database = database;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : HEAR) {
        statement.execute(sql);
      }
    }
  }

  /** Everything that was observed so far, in order. */
  List<StreamObservation> observations() throws SQLException {
    List<StreamObservation> observations = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT type, body FROM overheard WHERE type IN ('opened', 'updated', 'closed')"
                    + " ORDER BY serial")) {
      while (rows.next()) {
        Seen seen = RecordJson.read(rows.getString("body"), Seen.class);
        observations.add(
            new StreamObservation(
                seen.stream(),
                seen.rendition(),
                seen.point(),
                seen.atMillis(),
                observation(rows.getString("type"), seen.finding())));
      }
    }
    return observations;
  }

  private static Observation observation(String type, Finding finding) {
    return switch (type) {
      case "opened" -> new Observation.Opened(finding);
      case "updated" -> new Observation.Updated(finding);
      default -> new Observation.Closed(finding);
    };
  }
}
