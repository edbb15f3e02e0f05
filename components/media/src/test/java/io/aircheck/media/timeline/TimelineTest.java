package io.aircheck.media.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final int VIDEO = 0;
  private static final int AUDIO = 1;
  private static final long PICTURE = 40_000;
  private static final long RUN = 20_000;
  private static final Evidence NOTHING = evidence(false, false, false);
  private static final Evidence LOSS = evidence(true, false, false);
  private static final Evidence ANNOUNCED = evidence(false, true, false);
  private static final Evidence TIME_PASSED = evidence(false, false, true);

  private final Timeline timeline = new Timeline();

  private static Evidence evidence(boolean lost, boolean announced, boolean passed) {
    return new Evidence() {
      @Override
      public boolean dataLost() {
        return lost;
      }

      @Override
      public boolean announced() {
        return announced;
      }

      @Override
      public boolean timePassed(long micros) {
        return passed;
      }
    };
  }

  /** Feeds a track with regular packets; the time of the last one, made continuous. */
  private long feed(int track, long fromMicros, long toMicros, Evidence evidence) {
    long duration = track == VIDEO ? PICTURE : RUN;
    long continuous = Long.MIN_VALUE;
    for (long time = fromMicros; time < toMicros; time += duration) {
      continuous = time + timeline.offsetMicros(track, time, time, duration, evidence);
    }
    return continuous;
  }

  /** Feeds both tracks, pictures 400 ms ahead as multiplexers send them. */
  private void feedBoth(long fromMicros, long toMicros, Evidence evidence) {
    feed(VIDEO, fromMicros, fromMicros + 400_000, evidence);
    for (long time = fromMicros; time < toMicros; time += PICTURE) {
      if (time + 400_000 < toMicros) {
        feed(VIDEO, time + 400_000, time + 400_000 + PICTURE, evidence);
      }
      feed(AUDIO, time, Math.min(toMicros, time + PICTURE), evidence);
    }
  }

  @Test
  void offsetMicros_regularPackets_isZero() {
    assertThat(feed(VIDEO, 5_000_000, 9_000_000, NOTHING)).isEqualTo(8_960_000);
    assertThat(timeline.takeJumps()).isEmpty();
  }

  @Test
  void offsetMicros_jumpForwardOfBothTracks_isTakenOutOnce() {
    feedBoth(0, 2_000_000, NOTHING);
    feedBoth(7_000_000, 8_000_000, NOTHING);

    List<Jump> jumps = timeline.takeJumps();
    assertThat(jumps).hasSize(1);
    assertThat(jumps.getFirst().jumpMicros()).isEqualTo(5_000_000);
    assertThat(jumps.getFirst().atMicros()).isEqualTo(2_000_000);
    assertThat(jumps.getFirst().includes(AUDIO)).isTrue();
    assertThat(jumps.getFirst().includes(VIDEO)).isTrue();
    assertThat(feed(VIDEO, 8_000_000, 8_040_000, NOTHING)).isEqualTo(3_000_000);
    assertThat(feed(AUDIO, 8_000_000, 8_020_000, NOTHING)).isEqualTo(3_000_000);
  }

  @Test
  void offsetMicros_jumpBackOfBothTracks_isTakenOutOnce() {
    feedBoth(100_000_000, 102_000_000, NOTHING);
    feedBoth(3_000_000, 4_000_000, NOTHING);

    List<Jump> jumps = timeline.takeJumps();
    assertThat(jumps).hasSize(1);
    assertThat(jumps.getFirst().jumpMicros()).isEqualTo(-99_000_000);
    assertThat(feed(AUDIO, 4_000_000, 4_020_000, NOTHING)).isEqualTo(103_000_000);
  }

  @Test
  void offsetMicros_tracksCutOffUnevenly_keepTheirDistance() {
    feed(VIDEO, 0, 2_000_000, NOTHING);
    feed(AUDIO, 0, 1_900_000, NOTHING);

    long video = feed(VIDEO, 50_000_000, 50_040_000, NOTHING);
    long audio = feed(AUDIO, 50_000_000, 50_020_000, NOTHING);

    assertThat(audio).isEqualTo(video);
    assertThat(timeline.takeJumps()).hasSize(1);
  }

  @Test
  void offsetMicros_missingDataInBothTracks_staysAHole() {
    feedBoth(0, 2_000_000, NOTHING);
    feedBoth(3_500_000, 4_000_000, LOSS);

    assertThat(timeline.takeJumps()).isEmpty();
    assertThat(feed(VIDEO, 4_000_000, 4_040_000, NOTHING)).isEqualTo(4_000_000);
  }

  @Test
  void offsetMicros_lossAndAStepOfHours_isAJump() {
    feedBoth(0, 2_000_000, NOTHING);
    feedBoth(7_200_000_000L, 7_201_000_000L, LOSS);

    assertThat(timeline.takeJumps()).hasSize(1);
  }

  @Test
  void offsetMicros_wallClockTimePassed_staysAHole() {
    feedBoth(0, 2_000_000, NOTHING);
    feedBoth(9_000_000, 9_500_000, TIME_PASSED);

    assertThat(timeline.takeJumps()).isEmpty();
  }

  @Test
  void offsetMicros_oneTrackSilentWhileTheOtherGoesOn_staysAHole() {
    feed(VIDEO, 0, 5_000_000, NOTHING);
    feed(AUDIO, 0, 2_000_000, NOTHING);

    assertThat(feed(AUDIO, 5_000_000, 5_020_000, NOTHING)).isEqualTo(5_000_000);
    assertThat(timeline.takeJumps()).isEmpty();
  }

  @Test
  void offsetMicros_trackReturnsAfterAJumpThatItMissed_isWhereTheOthersAre() {
    feed(VIDEO, 0, 2_000_000, NOTHING);
    feed(AUDIO, 0, 2_000_000, NOTHING);
    feed(VIDEO, 50_000_000, 60_000_000, NOTHING);

    assertThat(feed(AUDIO, 60_000_000, 60_020_000, NOTHING)).isEqualTo(12_000_000);
    assertThat(timeline.takeJumps()).hasSize(1);
  }

  @Test
  void offsetMicros_trackThatAppearsLate_sharesTheOffset() {
    feed(VIDEO, 0, 2_000_000, NOTHING);
    feed(VIDEO, 50_000_000, 51_000_000, NOTHING);

    assertThat(feed(AUDIO, 51_000_000, 51_020_000, NOTHING)).isEqualTo(3_000_000);
  }

  @Test
  void offsetMicros_oneTrackAloneJumpsBack_isThatTracksJump() {
    feedBoth(10_000_000, 12_000_000, NOTHING);
    feed(VIDEO, 12_000_000, 13_000_000, NOTHING);
    feed(AUDIO, 5_000_000, 6_000_000, NOTHING);
    feed(VIDEO, 13_000_000, 14_000_000, NOTHING);

    List<Jump> jumps = timeline.takeJumps();
    assertThat(jumps).hasSize(1);
    assertThat(jumps.getFirst().track()).isEqualTo(AUDIO);
    assertThat(jumps.getFirst().includes(VIDEO)).isFalse();
  }

  @Test
  void offsetMicros_announcedJump_saysSo() {
    feedBoth(0, 2_000_000, NOTHING);
    feedBoth(30_000_000, 31_000_000, ANNOUNCED);

    assertThat(timeline.takeJumps()).singleElement().matches(Jump::announced);
  }

  @Test
  void offsetMicros_slowPictures_areNoJump() {
    for (long time = 0; time < 20_000_000; time += 1_000_000) {
      timeline.offsetMicros(VIDEO, time, time, 0, NOTHING);
    }

    assertThat(timeline.takeJumps()).isEmpty();
  }

  @Test
  void offsetMicros_manyJumps_keepsBothTracksTogether() {
    long start = 0;
    for (int n = 0; n < 100; n++) {
      feedBoth(start, start + 1_000_000, NOTHING);
      start = n % 2 == 0 ? start + 50_000_000 : start - 20_000_000;
    }

    long video = feed(VIDEO, start, start + 40_000, NOTHING);
    long audio = feed(AUDIO, start, start + 20_000, NOTHING);
    assertThat(timeline.takeJumps()).hasSize(100);
    assertThat(video).isEqualTo(audio).isEqualTo(100_000_000);
  }
}
