package io.aircheck.experience.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final JournalPolicy POLICY =
      JournalPolicy.of(Duration.ofHours(2), 1_000_000, Sync.NEVER);

  /** Two or three entries fill a file. */
  private static final JournalPolicy SMALL =
      new JournalPolicy(100, 600_000, 3_600_000, 1_000_000, Sync.ALWAYS);

  @TempDir private Path folder;

  @Test
  void entries_areReadInTheirOrderFromAnyPosition() throws Exception {
    try (Journal journal = Journal.open(folder, SMALL)) {
      for (int i = 0; i < 20; i++) {
        assertThat(journal.append(Entries.of(i, "body " + i))).isEqualTo(i);
      }
      for (int from = 0; from <= 20; from++) {
        assertThat(Entries.bodies(journal, from)).isEqualTo(bodies(from, 20));
      }
      assertThat(journal.replay(7, (position, entry) -> {})).isEqualTo(new Journal.Replayed(20, 0));
      assertThat(files()).hasSizeGreaterThan(3);
    }
  }

  @Test
  void entry_isReadAsItWasWritten() throws Exception {
    byte[] body = {0, -1, 10, 34, 127};
    Arrival arrival = new Arrival(5, "events", Map.of("device", "tv", "os", "Täst"));
    List<JournalEntry> read = new ArrayList<>();
    try (Journal journal = Journal.open(folder, POLICY)) {
      journal.append(new JournalEntry(ReportSchema.CMCD, arrival, body));
      journal.replay(0, (position, entry) -> read.add(entry));
    }
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().schema()).isEqualTo(ReportSchema.CMCD);
    assertThat(read.getFirst().arrival()).isEqualTo(arrival);
    assertThat(read.getFirst().body()).isEqualTo(body);
  }

  @Test
  void reopened_goesOnWhereItStopped() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (Journal journal = Journal.open(folder, SMALL)) {
        assertThat(journal.append(Entries.of(i, "body " + i))).isEqualTo(i);
      }
    }
    assertThat(Entries.bodies(folder, SMALL)).isEqualTo(bodies(0, 10));
  }

  @Test
  void killedAtAnyByte_keepsWhatWasWholeAndGoesOn() throws Exception {
    try (Journal journal = Journal.open(folder, POLICY)) {
      for (int i = 0; i < 4; i++) {
        journal.append(Entries.of(i, "body " + i));
      }
    }
    byte[] whole = Files.readAllBytes(files().getFirst());
    int frame = whole.length / 4;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(files().getFirst(), Arrays.copyOf(whole, length));
      int complete = length / frame;
      try (Journal journal = Journal.open(folder, POLICY)) {
        assertThat(journal.cutBytes()).isEqualTo(length - (long) complete * frame);
        assertThat(Entries.bodies(journal, 0)).isEqualTo(bodies(0, complete));
        assertThat(journal.append(Entries.of(9, "after"))).isEqualTo(complete);
      }
      List<String> expected = new ArrayList<>(bodies(0, complete));
      expected.add("after");
      assertThat(Entries.bodies(folder, POLICY)).isEqualTo(expected);
    }
  }

  @Test
  void anyByteChanged_isNoticed() throws Exception {
    try (Journal journal = Journal.open(folder, POLICY)) {
      journal.append(Entries.of(0, "body 0"));
      journal.append(Entries.of(1, "body 1"));
    }
    byte[] whole = Files.readAllBytes(files().getFirst());
    for (int at = whole.length / 2; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] = (byte) (damaged[at] ^ 0x10);
      Files.write(files().getFirst(), damaged);
      assertThat(Entries.bodies(folder, POLICY)).as("byte " + at).isEqualTo(bodies(0, 1));
      Files.write(files().getFirst(), whole);
    }
  }

  @Test
  void zerosAtTheEnd_areNoEntries() throws Exception {
    try (Journal journal = Journal.open(folder, POLICY)) {
      journal.append(Entries.of(0, "body 0"));
    }
    Files.write(files().getFirst(), new byte[4096], StandardOpenOption.APPEND);
    assertThat(Entries.bodies(folder, POLICY)).isEqualTo(bodies(0, 1));
  }

  @Test
  void damageInAnOlderFile_costsItsEntriesAloneAndIsTold() throws Exception {
    try (Journal journal = Journal.open(folder, SMALL)) {
      for (int i = 0; i < 10; i++) {
        journal.append(Entries.of(i, "body " + i));
      }
    }
    Path second = files().get(1);
    byte[] damaged = Files.readAllBytes(second);
    damaged[damaged.length - 1] = (byte) (damaged[damaged.length - 1] ^ 1);
    Files.write(second, damaged);
    try (Journal journal = Journal.open(folder, SMALL)) {
      List<Long> positions = new ArrayList<>();
      Journal.Replayed replayed = journal.replay(0, (position, entry) -> positions.add(position));
      assertThat(replayed).isEqualTo(new Journal.Replayed(10, 1));
      assertThat(positions).hasSize(9).contains(0L, 9L);
    }
  }

  @Test
  void fullDisk_refusesWholeGroupsAndGoesOnWhenThereIsRoom() throws Exception {
    FullDisk disk = new FullDisk();
    try (Journal journal = Journal.open(folder, POLICY, disk::open)) {
      journal.append(Entries.of(0, "body 0"));
      for (int taken = 0; taken < Frame.of(Entries.of(1, "refused")).length; taken++) {
        disk.room = taken;
        assertThatThrownBy(() -> journal.append(Entries.of(1, "refused")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("No space left");
        disk.room = Long.MAX_VALUE;
        assertThat(Entries.bodies(journal, 0)).isEqualTo(bodies(0, 1));
      }
      journal.append(Entries.of(1, "body 1"));
    }
    assertThat(Entries.bodies(folder, POLICY)).isEqualTo(bodies(0, 2));
  }

  /** Each second everything is forced to the disk, which may take a tenth of one. */
  @Test
  void slowFlush_holdsUpNobodyWhoAppends() throws Exception {
    JournalPolicy policy = JournalPolicy.of(Duration.ofHours(2), 1_000_000, Sync.SECOND);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Journal journal = Journal.open(folder, policy, path -> slow(path, begun, goOn))) {
      journal.append(Entries.of(0, "before"));
      Thread flush = Thread.ofPlatform().start(() -> flush(journal));
      begun.await();

      assertThat(journal.append(Entries.of(1, "meanwhile"))).isEqualTo(1);

      goOn.countDown();
      flush.join();
      assertThat(Entries.bodies(journal, 0)).containsExactly("before", "meanwhile");
    }
  }

  private static void flush(Journal journal) {
    try {
      journal.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SegmentFile slow(Path path, CountDownLatch begun, CountDownLatch goOn)
      throws IOException {
    SegmentFile file = SegmentFile.onDisk(path);
    return new SegmentFile() {
      @Override
      public void append(byte[] bytes, int length) throws IOException {
        file.append(bytes, length);
      }

      @Override
      public void truncate(long length) throws IOException {
        file.truncate(length);
      }

      @Override
      public void force() throws IOException {
        begun.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new InterruptedIOException();
        }
        file.force();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Test
  void diskThatCannotEvenCut_losesNothingThatWasAcknowledged() throws Exception {
    FullDisk disk = new FullDisk();
    try (Journal journal = Journal.open(folder, POLICY, disk::open)) {
      journal.append(Entries.of(0, "body 0"));
      disk.room = 5;
      disk.broken = true;
      assertThatThrownBy(() -> journal.append(Entries.of(1, "refused")))
          .isInstanceOf(IOException.class);
      disk.room = Long.MAX_VALUE;
      disk.broken = false;
      journal.append(Entries.of(1, "body 1"));
      assertThat(Entries.bodies(journal, 0)).isEqualTo(bodies(0, 2));
    }
    assertThat(Entries.bodies(folder, POLICY)).isEqualTo(bodies(0, 2));
  }

  @Test
  void forcing_followsThePolicy() throws Exception {
    for (Sync sync : Sync.values()) {
      FullDisk disk = new FullDisk();
      Path own = folder.resolve(sync.name());
      JournalPolicy policy = JournalPolicy.of(Duration.ofHours(2), 1_000_000, sync);
      try (Journal journal = Journal.open(own, policy, disk::open)) {
        journal.append(Entries.of(0, "body 0"));
        assertThat(disk.forced).isEqualTo(sync == Sync.ALWAYS ? 1 : 0);
        journal.flush();
        journal.flush();
        assertThat(disk.forced).isEqualTo(sync == Sync.NEVER ? 0 : 1);
      }
    }
  }

  @Test
  void oldFiles_areForgottenByAge() throws Exception {
    try (Journal journal = Journal.open(folder, SMALL)) {
      for (int i = 0; i < 12; i++) {
        journal.append(Entries.of(i * 600_000L, "body " + i));
      }
      journal.tidy(12 * 600_000L);
      List<String> left = Entries.bodies(journal, 0);
      assertThat(left).contains("body 6", "body 11").doesNotContain("body 0", "body 3");
      assertThat(journal.start()).isPositive();
      journal.tidy(100 * 600_000L);
      assertThat(Entries.bodies(journal, 0)).as("also the latest file").isEmpty();
      assertThat(journal.append(Entries.of(100 * 600_000L, "new"))).isEqualTo(12);
    }
    assertThat(Entries.bodies(folder, SMALL)).containsExactly("new");
  }

  @Test
  void oldestFiles_areForgottenWhenThereIsTooMuch() throws Exception {
    JournalPolicy tight = new JournalPolicy(100, 600_000, 3_600_000, 300, Sync.NEVER);
    try (Journal journal = Journal.open(folder, tight)) {
      for (int i = 0; i < 30; i++) {
        journal.append(Entries.of(i, "body " + i));
        journal.tidy(i);
        assertThat(journal.bytes()).isLessThanOrEqualTo(300 + 100);
      }
      assertThat(Entries.bodies(journal, 0)).endsWith("body 28", "body 29");
    }
  }

  @Test
  void positionSince_isBeforeWhatCameSince() throws Exception {
    try (Journal journal = Journal.open(folder, SMALL)) {
      for (int i = 0; i < 20; i++) {
        journal.append(Entries.of(i * 1000L, "body " + i));
      }
    }
    try (Journal journal = Journal.open(folder, SMALL)) {
      for (int i = 0; i < 20; i++) {
        assertThat(journal.positionSince(i * 1000L)).isBetween(i - 4L, (long) i);
      }
      assertThat(journal.positionSince(-1)).isZero();
    }
  }

  @Test
  void erased_isGoneFromTheFilesAndTheOthersKeepTheirPositions() throws Exception {
    try (Journal journal = Journal.open(folder, SMALL)) {
      for (int i = 0; i < 10; i++) {
        journal.append(Entries.of(i, "body " + i));
      }
      assertThat(journal.erase(new WithoutThreeAndFive())).isEqualTo(2);
      journal.append(Entries.of(10, "body 10"));
      assertThat(Entries.bodies(journal, 5)).startsWith("less", "body 6").endsWith("body 10");
    }
    List<String> expected = new ArrayList<>(bodies(0, 11));
    expected.remove(3);
    expected.set(4, "less");
    assertThat(Entries.bodies(folder, SMALL)).isEqualTo(expected);
    for (Path file : files()) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("body 3", "body 5");
    }
  }

  @Test
  void eraseThatWasInterrupted_leavesTheOldFiles() throws Exception {
    try (Journal journal = Journal.open(folder, SMALL)) {
      journal.append(Entries.of(0, "body 0"));
    }
    Path unfinished = folder.resolve("%019d.journal.unfinished".formatted(0));
    Files.write(unfinished, new byte[] {1, 2, 3});
    assertThat(Entries.bodies(folder, SMALL)).isEqualTo(bodies(0, 1));
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void folderInUse_isRefused() throws Exception {
    try (Journal journal = Journal.open(folder, POLICY)) {
      assertThat(journal.end()).isZero();
      assertThatThrownBy(() -> Journal.open(folder, POLICY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("used by another process");
    }
  }

  @Test
  void closed_takesNothing() throws Exception {
    Journal journal = Journal.open(folder, POLICY);
    journal.close();
    assertThatThrownBy(() -> journal.append(Entries.of(0, "late")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
    assertThat(Entries.bodies(folder, POLICY)).isEmpty();
  }

  private static List<String> bodies(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "body " + i).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private static final class WithoutThreeAndFive implements Journal.Eraser {
    @Override
    public boolean concerns(JournalEntry entry) {
      return List.of("body 3", "body 5").contains(Entries.body(entry));
    }

    @Override
    public Optional<JournalEntry> without(JournalEntry entry) {
      return Entries.body(entry).equals("body 3")
          ? Optional.empty()
          : Optional.of(Entries.of(5, "less"));
    }
  }

  /** Has room for so many bytes more, and may not even be able to cut a file. */
  private static final class FullDisk {
    private long room = Long.MAX_VALUE;
    private boolean broken;
    private int forced;

    SegmentFile open(Path path) throws IOException {
      SegmentFile file = SegmentFile.onDisk(path);
      return new SegmentFile() {
        @Override
        public void append(byte[] bytes, int length) throws IOException {
          int taken = (int) Math.min(length, room);
          file.append(bytes, taken);
          if (taken < length) {
            throw new IOException("No space left on device");
          }
        }

        @Override
        public void truncate(long length) throws IOException {
          if (broken) {
            throw new IOException("Input/output error");
          }
          file.truncate(length);
        }

        @Override
        public void force() throws IOException {
          forced++;
          file.force();
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }
}
