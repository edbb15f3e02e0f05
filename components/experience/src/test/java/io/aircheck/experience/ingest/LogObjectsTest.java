package io.aircheck.experience.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Rejection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogObjectsTest {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd\tHH:mm:ss").withZone(ZoneOffset.UTC);

  @TempDir private Path folder;

  private final MemoryBucket bucket = new MemoryBucket();

  @SuppressWarnings("NullAway.Init")
  private LogProcess process;

  @SuppressWarnings("NullAway.Init")
  private LogObjects objects;

  /** Objects in memory. */
  private static final class MemoryBucket implements LogBucket {
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final List<String> opened = new ArrayList<>();
    private boolean away;

    void put(String key, long modifiedMillis, byte[] content) {
      contents.put(key, content);
      items.put(key, new Item(key, content.length, modifiedMillis));
    }

    @Override
    public List<Item> list() throws IOException {
      if (away) {
        throw new IOException("bucket logs cannot be reached");
      }
      return List.copyOf(items.values());
    }

    @Override
    public InputStream open(String key) throws IOException {
      opened.add(key);
      byte[] content = contents.get(key);
      if (content == null) {
        throw new IOException("there is no " + key);
      }
      return new ByteArrayInputStream(content);
    }
  }

  @BeforeEach
  void start() throws Exception {
    process = new LogProcess(folder);
    bucket.put("before", LogProcess.NOW - 1, bytes(LogProcess.lines("before")));
    objects = process.objects(bucket, process.json());
    objects.look();
  }

  @AfterEach
  void stop() throws Exception {
    process.close();
  }

  private void kill() throws Exception {
    process.close();
    process = new LogProcess(folder);
    objects = process.objects(bucket, process.json());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }

  private static String many(int from, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      lines.append(LogProcess.line("s" + i));
    }
    return lines.toString();
  }

  @Test
  void objects_areReadOnceTheOldestFirst() throws Exception {
    bucket.put("b.gz", LogProcess.NOW + 1000, gzip(LogProcess.lines("2", "3")));
    bucket.put("a", LogProcess.NOW + 2000, bytes(LogProcess.lines("4").strip()));
    bucket.put("c", LogProcess.NOW + 500, bytes(LogProcess.lines("1")));

    objects.look();
    objects.look();

    assertThat(process.sessions()).containsExactly("1", "2", "3", "4");
    assertThat(bucket.opened).containsExactly("c", "b.gz", "a");
    assertThat(objects.problem()).isEmpty();
    assertThat(objects.behindBytes()).isZero();
  }

  @Test
  void killInTheMiddleOfAnObject_neitherLosesNorDoubles() throws Exception {
    bucket.put("a.gz", LogProcess.NOW, gzip(many(0, 3000)));
    objects.look();
    long entries = process.journal.end();
    kill();
    objects.look();
    assertThat(process.journal.end()).isEqualTo(entries).isGreaterThan(1);

    bucket.put("b", LogProcess.NOW + 1, bytes(many(3000, 10)));
    objects.look();

    assertThat(process.sessions()).hasSize(3010).doesNotHaveDuplicates();
  }

  @Test
  void objectThatCouldBeKeptInPart_goesOnWithTheRest() throws Exception {
    process.save(objects.intake());
    String lines = many(0, 3000);
    bucket.put("a", LogProcess.NOW, bytes(lines));
    process.full(true);
    objects.look();
    assertThat(objects.problem()).contains("log edge: the disk is full");
    process.full(false);
    byte[] begun = Arrays.copyOf(bytes(lines), LogIntake.MOST_BYTES);
    int end = new String(begun, StandardCharsets.UTF_8).lastIndexOf('\n') + 1;
    objects
        .intake()
        .take(Arrays.copyOf(begun, end), new ObjectMark(LogProcess.NOW, end, "a").toString());
    kill();

    objects.look();

    assertThat(process.sessions()).hasSize(3000).doesNotHaveDuplicates();
  }

  @Test
  void objectsOfMoreThanAnHourAgo_areRememberedByTheirTimeAlone() throws Exception {
    for (int i = 0; i < 200; i++) {
      bucket.put("o" + i, LogProcess.NOW + i * 60_000L, bytes(LogProcess.lines("s" + i)));
    }
    objects.look();
    process.save(objects.intake());
    kill();
    objects.look();

    assertThat(process.sessions()).hasSize(200).doesNotHaveDuplicates();
    assertThat(objects.intake().place(() -> 1_000_000).orElseThrow().marks())
        .hasSizeBetween(60, 63);
  }

  @Test
  void bucketThatIsAway_isToldAndReadLater() throws Exception {
    bucket.put("a", LogProcess.NOW, bytes(LogProcess.lines("a")));
    bucket.away = true;
    objects.look();
    assertThat(objects.problem()).contains("log edge: bucket logs cannot be reached");

    bucket.away = false;
    objects.look();

    assertThat(objects.problem()).isEmpty();
    assertThat(process.sessions()).containsExactly("a");
  }

  @Test
  void objectThatIsDamaged_isCountedAndNotReadAgain() throws Exception {
    byte[] whole = gzip(many(0, 10));
    bucket.put("a.gz", LogProcess.NOW, Arrays.copyOf(whole, whole.length - 12));
    bucket.put("b.gz", LogProcess.NOW, bytes("no gzip"));
    bucket.put("c.gz", LogProcess.NOW, gzip(LogProcess.lines("c")));

    objects.look();
    objects.look();

    assertThat(process.sessions()).endsWith("c");
    assertThat(objects.intake().counters().rejected(Rejection.MALFORMED)).isEqualTo(2);
    assertThat(bucket.opened).containsExactly("a.gz", "b.gz", "c.gz");
  }

  @Test
  void objectOfCloudFront_isReadOnWithItsColumns() throws Exception {
    StringBuilder log =
        new StringBuilder("#Version: 1.0\n#Fields: date time cs-uri-stem sc-status cs-uri-query\n");
    for (int i = 0; i < 6000; i++) {
      log.append(
          "%s\t/a/1.ts\t200\tCMCD=sid%%3D%%22s%d%%22\n"
              .formatted(DATE.format(Instant.ofEpochMilli(LogProcess.NOW)), i));
    }
    byte[] lines = bytes(log.toString());
    bucket.put("E1.2026-11-28-06.0123.gz", LogProcess.NOW, gzip(log.toString()));
    int end = new String(lines, 0, 100_000, StandardCharsets.UTF_8).lastIndexOf('\n') + 1;
    LogObjects ofCloudFront = process.objects(bucket, process.cloudFront());
    ofCloudFront
        .intake()
        .take(
            Arrays.copyOf(lines, end),
            new ObjectMark(LogProcess.NOW, end, "E1.2026-11-28-06.0123.gz").toString());
    process.close();
    process = new LogProcess(folder);
    ofCloudFront = process.objects(bucket, process.cloudFront());

    ofCloudFront.look();

    assertThat(process.sessions()).hasSize(6000).doesNotHaveDuplicates();
  }
}
