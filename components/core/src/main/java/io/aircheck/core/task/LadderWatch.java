package io.aircheck.core.task;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.sound.SoundBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which renditions of a ladder are decoded in full. Under light watching that is the one
 * with the smallest pictures, until something becomes suspicious in any of them: then it is all of
 * them, until nothing has been suspicious for the calm time. Key pictures of the others are
 * compared meanwhile, see {@link LadderPictures}, the sizes of what is not decoded, see {@link
 * LadderSizes}, and when renditions sound, see {@link LadderSound}.
 *
 * <p>Suspicious is what a detector says may become a finding ({@link
 * io.aircheck.core.observe.ObservationSink#suspected}), where it is not decoded in full already,
 * and every finding that is open, of detectors and folds, unless it is expected or mere
 * information. Time is media time, of the task that has come furthest: an input that stands still
 * does not become calm by it.
 *
 * <p>Thread-safe. What it decides is told to tasks while a lock is held; they must not call back.
 */
public final class LadderWatch {
  /**
   * Now and then everything is decoded for a while without a suspicion, for what none of the above
   * would raise: combing that only large pictures show, damage that key pictures mend.
   */
  static final long SPOT_CHECK_EVERY_MICROS = 300_000_000;

  /** The pictures of the 12 s before come with it, see {@link MediaEvent.Late}. */
  static final long SPOT_CHECK_MICROS = 28_000_000;

  /** How far media time must go on until it is looked at again. */
  private static final long STEP_MICROS = 200_000;

  private final List<Member> members = new ArrayList<>();
  private final Set<String> open = new HashSet<>();
  private final long firstSpotCheckMicros;
  private Watching watching;
  private long nowMicros;
  private long fullUntilMicros = Long.MIN_VALUE;
  private @Nullable String suspicion;
  private volatile long lookAtMicros;
  private final LadderSizes<Member> sizes = new LadderSizes<>();
  private final LadderPictures<Member> pictures = new LadderPictures<>(sizes::still);
  private final LadderSound<Member> sound = new LadderSound<>();
  private @Nullable Member inFull;

  /** Whether there are renditions of which only key pictures are decoded. */
  private volatile boolean comparing;

  /**
   * @param stream spot checks of different streams fall on different times
   * @param watching how closely to watch at first
   */
  public LadderWatch(String stream, Watching watching) {
    this.watching = watching;
    long spread = Math.floorMod(stream.hashCode() * 7_919_000L, SPOT_CHECK_EVERY_MICROS);
    this.firstSpotCheckMicros = SPOT_CHECK_EVERY_MICROS / 2 + spread;
  }

  /** One rendition of the ladder. */
  public final class Member {
    private final BiConsumer<Decoding, String> task;
    private Decoding told = Decoding.FULL;
    private String toldWhy = "";
    private long area;
    private final SoundLevels levels = new SoundLevels();

    private Member(BiConsumer<Decoding, String> task) {
      this.task = task;
    }

    /** The rendition was opened, or its tracks changed. */
    public void configured(MediaInfo info) {
      synchronized (LadderWatch.this) {
        area = info.first(TrackType.VIDEO).map(Member::area).orElse(0L);
        decide();
      }
    }

    /** The rendition is lost: what is to be watched in full is another one. */
    public void lost() {
      synchronized (LadderWatch.this) {
        area = 0;
        suspect("the input is lost");
        decide();
      }
    }

    private static long area(Track track) {
      return (long) track.width() * track.height();
    }

    /**
     * A picture of the rendition.
     *
     * @param scope how media time relates to the timestamps of the input
     * @param key whether it needs no others
     * @param thumbnail asked for when it is needed, see {@link io.aircheck.core.picture.AreaMeans}
     */
    public void picture(
        long ptsMicros, TimestampScope scope, boolean key, Supplier<float[]> thumbnail) {
      if (!comparing) {
        return;
      }
      synchronized (LadderWatch.this) {
        Optional<String> found =
            told == Decoding.FULL
                ? pictures.full(ptsMicros, scope, key, thumbnail)
                : pictures.key(this, ptsMicros, scope, thumbnail);
        found.ifPresent(LadderWatch.this::suspicious);
      }
    }

    /**
     * Sizes of the pictures of the rendition, decoded or not, see {@link LadderSizes}.
     *
     * @param scope how media time relates to the timestamps of the input
     */
    public void coded(MediaEvent.CodedPictures coded, TimestampScope scope) {
      synchronized (LadderWatch.this) {
        if (!watching.light() || area == 0) {
          return;
        }
        boolean reference = smallest().orElse(null) == this;
        Optional<String> found = sizes.coded(this, reference, coded.pictures(), scope);
        found.ifPresent(LadderWatch.this::suspicious);
      }
    }

    /**
     * Ten milliseconds of the sound of the rendition, see {@link LadderSound}; borrowed.
     *
     * @param scope how media time relates to the timestamps of the input
     */
    public void sound(SoundBlock block, TimestampScope scope) {
      synchronized (LadderWatch.this) {
        if (!watching.light() || area == 0) {
          return;
        }
        levels.add(block, scope);
        if (inFull != null && inFull != this) {
          Optional<String> found = sound.compare(this, levels, inFull.levels);
          found.ifPresent(LadderWatch.this::suspicious);
        }
      }
    }

    /**
     * Something may become a finding. As long as nothing is suspicious that counts only where the
     * pictures are missing that would make it one; everything else will be found by itself, and
     * what it takes from the pictures of the other renditions is still kept by then.
     */
    public void suspected(String kind) {
      synchronized (LadderWatch.this) {
        boolean missing = told == Decoding.KEY_PICTURES && kind.startsWith("video.");
        if (missing || !comparing) {
          suspicious(kind + " is suspected");
        }
      }
    }

    private void tell(Decoding decoding, String why) {
      if (decoding != told || !why.equals(toldWhy)) {
        told = decoding;
        toldWhy = why;
        task.accept(decoding, why);
      }
    }
  }

  /**
   * Adds a rendition.
   *
   * @param task told what to decode from now on and why, in words; everything at first
   */
  public synchronized Member join(BiConsumer<Decoding, String> task) {
    Member member = new Member(task);
    members.add(member);
    return member;
  }

  /** Watches more or less closely from now on. */
  public synchronized void watch(Watching other) {
    watching = other;
    decide();
  }

  /** Something was observed, by a task or by a fold. */
  public synchronized void observed(StreamObservation observed) {
    switch (observed.observation()) {
      case Observation.Opened opened -> opened(observed, opened.finding());
      case Observation.Updated updated -> opened(observed, updated.finding());
      case Observation.Closed closed -> {
        if (open.remove(name(observed, closed.finding()))) {
          suspect(closed.finding().kind() + " was found");
        }
      }
      case Observation.Fingerprinted fingerprinted -> {}
    }
  }

  private void opened(StreamObservation observed, Finding finding) {
    String name = name(observed, finding);
    if (finding.expected() || finding.severity() == Severity.INFO) {
      open.remove(name);
    } else if (open.add(name)) {
      suspect(finding.kind() + " was found");
    }
    decide();
  }

  private static String name(StreamObservation observed, Finding finding) {
    return observed.point() + " " + observed.rendition() + " " + finding.id();
  }

  private void suspicious(String why) {
    suspect(why);
    decide();
  }

  private void suspect(String why) {
    suspicion = why;
    fullUntilMicros = Math.max(fullUntilMicros, nowMicros + watching.calm().toNanos() / 1000);
  }

  /** A task has come so far in media time; cheap, for every event. */
  public void reached(long mediaMicros) {
    if (mediaMicros >= lookAtMicros) {
      synchronized (this) {
        nowMicros = Math.max(nowMicros, mediaMicros);
        lookAtMicros = nowMicros + STEP_MICROS;
        decide();
      }
    }
  }

  private void decide() {
    Optional<Member> smallest = smallest();
    boolean suspicious = !open.isEmpty() || nowMicros < fullUntilMicros;
    boolean calm = !suspicious && !spotCheck();
    Member chosen = watching.light() && calm ? smallest.orElse(null) : null;
    if (chosen != inFull) {
      inFull = chosen;
      pictures.clear();
    }
    comparing = chosen != null && members.size() > 1;
    if (!watching.light() || smallest.isEmpty()) {
      members.forEach(member -> member.tell(Decoding.FULL, ""));
    } else if (!calm) {
      String why = suspicious ? String.valueOf(suspicion) : "a spot check";
      members.forEach(member -> member.tell(Decoding.FULL, why));
    } else {
      for (Member member : members) {
        boolean full = member == chosen || member.area == 0;
        member.tell(full ? Decoding.FULL : Decoding.KEY_PICTURES, "");
      }
    }
  }

  private boolean spotCheck() {
    long since = nowMicros - firstSpotCheckMicros;
    return since >= 0 && since % SPOT_CHECK_EVERY_MICROS < SPOT_CHECK_MICROS;
  }

  /** The first of those with the smallest pictures; empty while no rendition has any. */
  private Optional<Member> smallest() {
    return members.stream()
        .filter(member -> member.area > 0)
        .reduce((best, next) -> next.area < best.area ? next : best);
  }
}
