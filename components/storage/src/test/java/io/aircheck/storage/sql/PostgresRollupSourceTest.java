package io.aircheck.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sums of windows that are written and read again by others, in a real PostgreSQL. */
@Tag("slow")
class PostgresRollupSourceTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final List<String> BY = List.of("content", "cdn");

  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer(20);

  private static int databases;

  private String database = "";
  private PostgresRollups sink;
  private PostgresRollupSource source;

  /** What a reader knows: cells by windows and values. */
  private final Map<Long, Map<List<String>, String>> known = new TreeMap<>();

  /** What it was given last, as in {@code 0:a/b=cell}. */
  private final List<String> given = new ArrayList<>();

  @BeforeEach
  void open() {
    database = "rollups" + ++databases;
    SERVER.create(database);
    sink = new PostgresRollups(SERVER.address(database), PostgresServer.USER, "");
    source = another();
  }

  @AfterEach
  void close() {
    sink.close();
    source.close();
  }

  private PostgresRollupSource another() {
    return new PostgresRollupSource(SERVER.address(database), PostgresServer.USER, "");
  }

  private void read() throws IOException {
    read(source);
  }

  private void read(PostgresRollupSource from) throws IOException {
    given.clear();
    from.read(MINUTE, START, this::take);
  }

  private boolean take(RollupWindow window, int rows) {
    assertThat(window.lengthMillis()).isEqualTo(MINUTE);
    Map<List<String>, String> cells =
        known.computeIfAbsent(window.startMillis(), added -> new HashMap<>());
    if (window.isWhole()) {
      cells.clear();
    }
    for (RollupWindow.Row row : window.rows()) {
      String cell = new String(row.cell(), StandardCharsets.UTF_8);
      List<String> key = row.isOthers() ? List.of("others") : row.values();
      cells.put(key, cell);
      given.add((window.startMillis() - START) / MINUTE + ":" + String.join("/", key) + "=" + cell);
    }
    return cells.size() == rows;
  }

  private void write(int minute, boolean whole, RollupWindow.Row... rows) throws IOException {
    sink.write(
        List.of(new RollupWindow(START + minute * MINUTE, MINUTE, BY, whole, List.of(rows))));
  }

  private static RollupWindow.Row row(String content, String cdn, String cell) {
    return new RollupWindow.Row(List.of(content, cdn), false, 1, Map.of("views", 1L), bytes(cell));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void read_again_givesWhatHasChangedAlone() throws IOException {
    write(0, true, row("a", "x", "one"), row("b", "", "one"));
    write(1, true, row("a", "x", "one"));
    read();
    assertThat(given).containsExactlyInAnyOrder("0:a/x=one", "0:b/=one", "1:a/x=one");

    read();
    assertThat(given).isEmpty();

    write(0, false, row("b", "", "two"));
    sink.write(
        List.of(
            new RollupWindow(
                START,
                MINUTE,
                BY,
                false,
                List.of(new RollupWindow.Row(List.of(), true, 1, Map.of(), bytes("rare"))))));
    read();
    assertThat(given).containsExactlyInAnyOrder("0:b/=two", "0:others=rare");
    assertThat(known.get(START))
        .isEqualTo(
            Map.of(List.of("a", "x"), "one", List.of("b", ""), "two", List.of("others"), "rare"));
  }

  @Test
  void read_windowOfAJobThatBeganAnew_losesRowsThatAreGone() throws IOException {
    write(0, true, row("a", "x", "one"), row("b", "x", "one"));
    read();

    write(0, true, row("a", "x", "two"), row("c", "x", "two"));
    read();

    assertThat(known.get(START))
        .isEqualTo(Map.of(List.of("a", "x"), "two", List.of("c", "x"), "two"));
  }

  @Test
  void read_byAnotherReader_beginsWithEverythingSinceATime() throws IOException {
    write(-1, true, row("a", "x", "before"));
    write(0, true, row("a", "x", "one"));
    read();
    write(0, false, row("a", "x", "two"));
    known.clear();

    try (PostgresRollupSource other = another()) {
      read(other);
    }

    assertThat(known).isEqualTo(Map.of(START, Map.of(List.of("a", "x"), "two")));
  }

  /** Its transaction began before the reader looked and ends after. */
  @Test
  void read_besideAWriterThatTakesLong_missesNothing() throws Exception {
    write(0, true, row("a", "x", "one"));
    read();
    try (Connection slow =
            DriverManager.getConnection(
                "jdbc:" + SERVER.address(database), PostgresServer.USER, "");
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("UPDATE viewer_rollups SET cell = 'late', changed = pg_current_xact_id()");
      write(1, true, row("a", "x", "one"));
      read();
      assertThat(given).contains("1:a/x=one").doesNotContain("0:a/x=late");
      slow.commit();
    }

    read();

    assertThat(given).contains("0:a/x=late");
    read();
    assertThat(given).isEmpty();
  }

  @Test
  void read_withoutATable_saysWhoMakesIt() throws IOException {
    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no table viewer_rollups yet")
        .hasMessageContaining("aircheck cluster submit --viewers");

    write(0, true, row("a", "x", "one"));
    read();
    assertThat(given).containsExactly("0:a/x=one");
  }

  @Test
  void read_tableOfAnEarlierVersion_waitsForTheJobThatAddsWhatItLacks() throws IOException {
    SERVER.execute(
        database,
        """
        CREATE TABLE viewer_rollups (
          window_start timestamptz NOT NULL, seconds integer NOT NULL, grouped_by text NOT NULL,
          dimensions jsonb NOT NULL, others boolean NOT NULL, weight bigint NOT NULL,
          sums jsonb NOT NULL, cell bytea NOT NULL,
          PRIMARY KEY (window_start, seconds, grouped_by, others, dimensions))
        """);
    SERVER.execute(
        database,
        "INSERT INTO viewer_rollups VALUES (to_timestamp(%d), 60, 'content+cdn',"
                .formatted(START / 1000)
            + " '{\"content\": \"a\", \"cdn\": \"x\"}', false, 1, '{}', 'old')");
    assertThatThrownBy(this::read).hasMessageContaining("is of an earlier version");

    write(1, true, row("a", "x", "one"));
    read();
    assertThat(given).containsExactlyInAnyOrder("0:a/x=old", "1:a/x=one");
    write(0, false, row("a", "x", "new"));
    read();
    assertThat(given).containsExactly("0:a/x=new");
  }

  @Test
  void read_whileTheDatabaseIsAway_saysSoAndGoesOnWhereItWas() throws IOException {
    write(0, true, row("a", "x", "one"));
    read();
    write(0, false, row("a", "x", "two"));
    SERVER.allow(database, false);
    SERVER.cut(database);
    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("postgresql://localhost:")
        .hasMessageContaining("PostgreSQL says: ");

    SERVER.allow(database, true);
    read();

    assertThat(given).containsExactly("0:a/x=two");
  }
}
