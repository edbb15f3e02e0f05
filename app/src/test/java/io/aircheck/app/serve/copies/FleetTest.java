package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.Division;
import io.aircheck.core.copies.StatusBoard.Status;
import io.aircheck.core.copies.StatusBoard.Use;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.storage.RecordJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final String PICTURE = "video.black";
  private static final String SOUND = "audio.silence";

  private final Fleet fleet = new Fleet();
  private final List<String> log = new ArrayList<>();
  private final PolicyBook policies =
      PolicyBook.of(
          Map.of(),
          new DetectorCatalog(
              DetectorCatalog.installed().factories().stream()
                  .filter(factory -> Set.of(PICTURE, SOUND).contains(factory.kind()))
                  .toList()));

  FleetTest() throws SettingsException {}

  private static StreamSettings stream(String id, Map<String, String> labels) {
    return new StreamSettings(
        id,
        "http://127.0.0.1/" + id,
        Optional.empty(),
        "default",
        StreamSettings.DEFAULT_PRIORITY,
        labels,
        List.of(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Member copy(
      String id, Copy.Role role, Map<String, String> labels, double capacity, String... detectors) {
    return new Member(
        new Copy(id, "", role, "1", List.of(detectors), labels, capacity), false, true);
  }

  private static Member worker(String region, double capacity) {
    return copy(region, Copy.Role.WORKER, Map.of("region", region), capacity, "*");
  }

  private static Assignment share(String stream, String share, String copy) {
    return new Assignment(stream, share, copy, 1);
  }

  private static Status uses(Assignment share, double cores) {
    return new Status(share, cores, RecordJson.write(StreamStatus.UNKNOWN));
  }

  private void update(List<Member> members, List<Assignment> shares, Status... news) {
    fleet.update(members, shares, Optional.empty(), List.of(news));
  }

  private boolean hasRoom(Map<String, String> labels) {
    return fleet.hasRoom(stream("new", labels), policies.find("default").orElseThrow());
  }

  @Test
  void hasRoom_onlyCopiesThatDoNotTakeSuchStreamsHave_isFalse() {
    Assignment full = share("news", Division.WHOLE, "us");
    update(List.of(worker("eu", 8), worker("us", 1)), List.of(full), uses(full, 0.8));

    assertThat(hasRoom(Map.of("region", "eu"))).isTrue();
    assertThat(hasRoom(Map.of("region", "us"))).isFalse();
    assertThat(hasRoom(Map.of("region", "asia"))).isFalse();
    assertThat(hasRoom(Map.of())).isFalse();
  }

  @Test
  void hasRoom_copyOfOneOfItsPartsIsFull_isFalse() {
    Member pictures = copy("pictures", Copy.Role.WORKER, Map.of(), 1, PICTURE);
    Member sound = copy("sound", Copy.Role.WORKER, Map.of(), 1, SOUND);
    update(List.of(pictures, sound), List.of());
    assertThat(hasRoom(Map.of())).isTrue();

    Assignment full = share("news", PICTURE, "pictures");
    update(List.of(pictures, sound), List.of(full), uses(full, 0.6));
    assertThat(hasRoom(Map.of())).isFalse();
  }

  @Test
  void hasRoom_detectorThatNoCopyRuns_needsNone() {
    update(List.of(copy("pictures", Copy.Role.WORKER, Map.of(), 1, PICTURE)), List.of());

    assertThat(hasRoom(Map.of())).isTrue();
  }

  @Test
  void hasRoom_copiesThatOnlyAnswer_haveNone() {
    update(List.of(copy("api", Copy.Role.API, Map.of(), 0, "*")), List.of());

    assertThat(hasRoom(Map.of())).isFalse();
  }

  private List<String> look(Gaps gaps) {
    WatchedStream stream =
        new WatchedStream(stream("news", Map.of()), WatchedStream.Origin.FILE, 1);
    return gaps.look(List.of(stream), policies, true);
  }

  @Test
  void gaps_detectorThatNoCopyRuns_isToldOnceAndUntilItIsRun() {
    Gaps gaps = new Gaps(fleet, log::add);
    update(List.of(), List.of());
    assertThat(look(gaps)).isEmpty();
    assertThat(gaps.problem()).as("a stream that waits as a whole says so itself").isEmpty();

    update(List.of(), List.of(share("news", PICTURE, "pictures")));
    assertThat(look(gaps)).containsExactly("news");
    assertThat(look(gaps)).isEmpty();
    assertThat(gaps.of("news")).containsExactly(SOUND);
    assertThat(gaps.byKind()).containsExactly(Map.entry(SOUND, 1L));
    assertThat(gaps.problem().orElseThrow()).contains("in part: 1", SOUND);
    assertThat(log).containsExactly(gaps.problem().orElseThrow());

    update(List.of(), List.of(share("news", PICTURE, "pictures"), share("news", SOUND, "sound")));
    assertThat(look(gaps)).containsExactly("news");
    assertThat(gaps.problem()).isEmpty();
    assertThat(log).hasSize(2);

    update(List.of(), List.of(share("news", Division.WHOLE, "all")));
    assertThat(look(gaps)).isEmpty();
  }

  @Test
  void use_ofADividedStream_isTheSumOfItsSharesOnceAllAreKnown() {
    Assignment pictures = share("news", PICTURE, "a");
    Assignment sound = share("news", SOUND, "b");
    update(List.of(), List.of(sound, pictures), uses(pictures, 0.25));
    fleet.update(
        Map.of("a", new Use(spent(10), wrote(1), 0.1), "b", new Use(spent(20), wrote(2), 0.05)));
    assertThat(fleet.use("news")).isEmpty();

    update(List.of(), List.of(sound, pictures), uses(sound, 0.125));

    assertThat(fleet.use("news")).contains(new Fleet.StreamUse(0.375, 0.1 + 0.05));
    assertThat(fleet.usage()).isEqualTo(spent(30));
    assertThat(fleet.viewerUsage()).isEqualTo(wrote(3));
    assertThat(fleet.use("other")).isEmpty();
  }

  @Test
  void use_ofSharesOnOneCopy_hasItsMemoryOnce() {
    Assignment pictures = share("news", PICTURE, "a");
    Assignment sound = share("news", SOUND, "a");
    update(List.of(), List.of(sound, pictures), uses(pictures, 0.25), uses(sound, 0.25));
    fleet.update(Map.of("a", new Use(Usage.NONE, Usage.NONE, 0.1)));

    assertThat(fleet.use("news")).contains(new Fleet.StreamUse(0.5, 0.1));
  }

  private static Usage spent(double cpuSeconds) {
    return Usage.of(Quantity.CPU_SECONDS, cpuSeconds);
  }

  private static Usage wrote(double objects) {
    return Usage.of(Quantity.OBJECT_WRITES, objects);
  }
}
