package io.aircheck.app.serve.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.session.SessionState;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The script in a real browser: what it tells is what happened. */
@Tag("slow")
final class ViewerScriptTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final Offset<Long> PRECISION = within(250L);

  /**
   * Makes a film, plays it with a slow start, a stall, a pause and a jump, and measures these by
   * whether the place in the film moves, not by events.
   */
  private static final String WATCHED =
      """
      <!doctype html><title>watched</title>
      <video id="v" muted width="160" height="90"></video>
      <script src="SERVICE/aircheck.js" data-content="channel-1" data-app="7.3" data-cdn="north"
        data-interval="2"></script>
      <script>
        const video = document.getElementById('v');
        const until = (millis) => new Promise((done) => setTimeout(done, millis));
        const truth = {startup: 0, played: 0, stalled: 0, stalls: 0, paused: 0, sought: 0};
        async function film(seconds) {
          const canvas = document.createElement('canvas');
          canvas.width = 160;
          canvas.height = 90;
          const pen = canvas.getContext('2d');
          let n = 0;
          const painter = setInterval(() => {
            pen.fillStyle = 'hsl(' + (n * 7) % 360 + ' 80% 50%)';
            pen.fillRect(0, 0, 160, 90);
            pen.fillStyle = 'black';
            pen.fillRect(n++ % 150, 20, 10, 50);
          }, 40);
          const parts = [];
          const recorder = new MediaRecorder(
              canvas.captureStream(25), {mimeType: 'video/webm;codecs=vp8'});
          recorder.ondataavailable = (event) => parts.push(event.data);
          const done = new Promise((stopped) => recorder.onstop = stopped);
          recorder.start(500);
          await until(seconds * 1000);
          recorder.stop();
          await done;
          clearInterval(painter);
          return Promise.all(parts.map((part) => part.arrayBuffer()));
        }
        let since = 0, place = 0, begun = false, wasPaused = false, sought = false;
        function sample() {
          const now = performance.now();
          wasPaused = wasPaused || video.paused;
          sought = sought || video.seeking;
          if (video.currentTime === place) {
            return;
          }
          const gap = now - since;
          if (!begun) {
            truth.startup = gap;
            begun = true;
          } else if (wasPaused) {
            truth.paused += gap;
          } else if (sought) {
            truth.sought += gap;
          } else if (gap > 150) {
            truth.stalled += gap;
            truth.stalls++;
          } else {
            truth.played += gap;
          }
          since = now;
          place = video.currentTime;
          wasPaused = sought = false;
        }
        async function watch() {
          const parts = await film(8);
          const source = new MediaSource();
          video.src = URL.createObjectURL(source);
          await new Promise((open) => source.onsourceopen = open);
          const buffer = source.addSourceBuffer('video/webm;codecs=vp8');
          source.duration = 60;
          const add = async (some) => {
            for (const part of some) {
              if (part.byteLength > 0) {
                const added = new Promise((end) => buffer.onupdateend = end);
                buffer.appendBuffer(part);
                await added;
              }
            }
          };
          since = performance.now();
          setInterval(sample, 10);
          const waits = new Promise((event) => {
            video.onwaiting = () => begun && event();
          });
          const playing = video.play();
          await until(700);
          await add(parts.slice(0, 6));
          await playing;
          await waits;
          await until(1500);
          await add(parts.slice(6));
          await until(1300);
          video.pause();
          await until(1000);
          await video.play();
          await until(800);
          video.currentTime = 0.8;
          await until(1200);
        }
        addEventListener('pagehide', () => {
          sample();
          navigator.sendBeacon('/truth', JSON.stringify(truth));
        });
      </script>
      """;

  /** The network and the time are those of the test: timers run when it says so. */
  private static final String STUBBED =
      """
      <!doctype html><title>stubbed</title>
      <video id="v"></video>
      <script>
        window.sent = [];
        window.answers = [];
        window.timers = [];
        window.setTimeout = (task) => timers.push(task);
        window.clearTimeout = () => {};
        window.setInterval = () => 0;
        window.fetch = (to, init) => {
          sent.push(init.body);
          const status = answers.shift() || 204;
          return Promise.resolve({status, headers: {get: () => null}});
        };
        Object.defineProperty(navigator, 'sendBeacon', {value: (to, body) => {
          sent.push('beacon ' + body);
          return true;
        }});
        const video = document.getElementById('v');
        let paused = true;
        Object.defineProperty(video, 'paused', {get: () => paused});
        function say(name) {
          paused = name === 'pause' || (paused && name !== 'play');
          video.dispatchEvent(new Event(name));
        }
        async function run() {
          timers.splice(0).forEach((task) => task());
          for (let i = 0; i < 10; i++) {
            await null;
          }
          return sent.length;
        }
      </script>
      <script src="SERVICE/aircheck.js"></script>
      <script>const watcher = aircheck.watch(video, {content: 'c"1'});</script>
      """;

  @SuppressWarnings("NullAway.Init")
  private Chromium chromium;

  @BeforeEach
  void start() {
    chromium = Chromium.orSkip();
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      List<String> complaints = chromium.complaints();
      chromium.close();
      assertThat(complaints).isEmpty();
    }
  }

  private Page open(ScriptedPages pages) {
    Page page = chromium.page(800, 600, ColorScheme.DARK);
    page.navigate(pages.address());
    return page;
  }

  @Test
  @Tag("alone")
  void whatAViewerDoes_isToldToAQuarterOfASecond() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(WATCHED)) {
      Page page = open(pages);
      page.evaluate("() => watch()");
      page.navigate("about:blank");
      pages.left.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      JsonNode truth =
          new ObjectMapper().readTree(pages.truth.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      Measures sum = fold(pages.reports());

      assertThat(pages.rejections()).isEmpty();
      assertThat(truth.path("stalls").asLong()).isEqualTo(1);
      assertThat(sum.get(Measure.VIEWS)).isEqualTo(1);
      assertThat(sum.get(Measure.STARTUPS)).isEqualTo(1);
      assertThat(sum.get(Measure.STARTUP_MILLIS)).isCloseTo(millis(truth, "startup"), PRECISION);
      assertThat(sum.get(Measure.STALLS)).isEqualTo(1);
      assertThat(sum.get(Measure.STALLED_MILLIS)).isCloseTo(millis(truth, "stalled"), PRECISION);
      assertThat(sum.get(Measure.PAUSED_MILLIS)).isCloseTo(millis(truth, "paused"), PRECISION);
      assertThat(sum.get(Measure.SEEKS)).isEqualTo(1);
      assertThat(sum.get(Measure.SEEKING_MILLIS)).isCloseTo(millis(truth, "sought"), PRECISION);
      assertThat(sum.get(Measure.PLAYING_MILLIS)).isCloseTo(millis(truth, "played"), PRECISION);
      assertThat(sum.get(Measure.ENDED)).isEqualTo(1);
      assertThat(sum.get(Measure.ERRORS)).isZero();
      assertThat(sum.get(Measure.LOST)).isZero();
      assertThat(pages.queries()).allMatch(query -> query.equals("player=video&appVersion=7.3"));
      assertThat(pages.reports())
          .allMatch(report -> "channel-1".equals(report.facts().content()))
          .allMatch(report -> "north".equals(report.attributes().get("cdn")))
          .anyMatch(report -> report.facts().startupMillis() != null)
          .anyMatch(report -> report.facts().playheadMillis() != null)
          .anyMatch(report -> report.facts().bufferMillis() != null);
    }
  }

  private static long millis(JsonNode truth, String name) {
    return Math.round(truth.path(name).asDouble());
  }

  private static Measures fold(List<ViewerReport> reports) {
    SessionFold fold = new SessionFold(SessionPolicy.DEFAULT);
    SessionState state = fold.initial(reports.getFirst().session());
    OptionalLong timer = OptionalLong.empty();
    Measures sum = Measures.ZERO;
    for (int i = 0; i <= reports.size(); i++) {
      long until = i < reports.size() ? reports.get(i).receivedMillis() : Long.MAX_VALUE;
      while (timer.isPresent() && timer.getAsLong() <= until) {
        Step<SessionState, SessionDelta> step = fold.onTimer(state, timer.getAsLong());
        state = step.state();
        timer = step.timerMillis();
        sum = plus(sum, step.outputs());
      }
      if (i < reports.size()) {
        Step<SessionState, SessionDelta> step = fold.apply(state, reports.get(i));
        state = step.state();
        timer = step.timerMillis();
        sum = plus(sum, step.outputs());
      }
    }
    return sum;
  }

  private static Measures plus(Measures sum, List<SessionDelta> deltas) {
    Measures all = sum;
    for (SessionDelta delta : deltas) {
      all = all.plus(delta.measures());
    }
    return all;
  }

  @Test
  void session_thatIsToldToStop_isSilent() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = open(pages);
      page.evaluate("() => { answers.push(410); say('play'); say('playing'); }");

      assertThat(page.evaluate("() => run()")).isEqualTo(1);
      assertThat((String) page.evaluate("() => sent[0]"))
          .contains("cid=\"c\\\"1\"", "e=ps", "sta=s", "sta=p", "msd=");
      page.evaluate("() => { say('pause'); dispatchEvent(new Event('pagehide')); }");
      assertThat(page.evaluate("() => run()")).isEqualTo(1);
    }
  }

  @Test
  void tooMuch_isSentAgainLater_withWhatCameSince() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = open(pages);
      page.evaluate("() => { answers.push(429, 503); say('play'); }");

      assertThat(page.evaluate("() => run()")).isEqualTo(1);
      page.evaluate("() => say('playing')");
      assertThat(page.evaluate("() => run()")).isEqualTo(2);
      assertThat(page.evaluate("() => run()")).isEqualTo(3);
      assertThat(page.evaluate("() => sent[1].startsWith(sent[0]) && sent[1] !== sent[0]"))
          .isEqualTo(true);
      assertThat(page.evaluate("() => sent[2] === sent[1]")).isEqualTo(true);
      assertThat(page.evaluate("() => run()")).isEqualTo(3);
    }
  }

  @Test
  void whoLeaves_isToldAtOnce_byABeaconWhereNothingElseOutlivesThePage() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = open(pages);
      page.evaluate("() => { say('play'); dispatchEvent(new Event('pagehide')); }");
      assertThat(page.evaluate("() => sent.length")).isEqualTo(1);
      assertThat((String) page.evaluate("() => sent[0]")).contains("sta=s", "sta=q");

      page.reload();
      page.evaluate(
          "() => { delete Request.prototype.keepalive; say('play');"
              + " dispatchEvent(new Event('pagehide')); }");
      assertThat((String) page.evaluate("() => sent[0]"))
          .startsWith("beacon ")
          .contains("sta=s", "sta=q");
    }
  }

  @Test
  void pageThatComesIntoTheBackground_isToldAtOnce() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = open(pages);
      page.evaluate(
          "() => { say('play'); Object.defineProperty(document, 'hidden', {value: true});"
              + " document.dispatchEvent(new Event('visibilitychange')); }");

      assertThat(page.evaluate("() => sent.length")).isEqualTo(1);
      assertThat((String) page.evaluate("() => sent[0]")).contains("sta=s", "bg,", "e=b,");
    }
  }

  @Test
  void whatIsSent_isShownToTheOperator_alsoBeacons() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = open(pages);
      page.evaluate(
          "async () => { watcher.stop(); window.shown = [];"
              + " aircheck.watch(video, {debug: (body) => shown.push(body)});"
              + " say('play'); await run(); say('pause'); delete Request.prototype.keepalive;"
              + " dispatchEvent(new Event('pagehide')); }");

      assertThat(page.evaluate("() => sent"))
          .isEqualTo(page.evaluate("() => [shown[0], 'beacon ' + shown[1]]"));
    }
  }

  @Test
  void otherContent_isAnotherSession() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = open(pages);
      page.evaluate(
          "async () => { say('play'); say('playing'); await run();"
              + " watcher.update({content: 'c2'}); await run(); await run(); }");
      String first = session((String) page.evaluate("() => sent[0]"));
      String body = (String) page.evaluate("() => sent[2]");

      assertThat((String) page.evaluate("() => sent[1]")).contains("cid=\"c\\\"1\"", "sta=q");
      assertThat(session(body)).hasSize(32).isNotEqualTo(first);
      assertThat(body).contains("cid=\"c2\"", "sn=0", "sta=s");
    }
  }

  private static String session(String body) {
    return body.replaceAll("(?s).*?sid=\"([^\"]*)\".*", "$1");
  }

  @Test
  void viewerWhoHasOptedOut_isNotTold() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = open(pages);
      page.evaluate("() => { say('play'); say('playing'); aircheck.optOut(); say('pause'); }");
      assertThat(page.evaluate("() => run()")).isEqualTo(0);

      page.reload();
      page.evaluate("() => { say('play'); dispatchEvent(new Event('pagehide')); }");
      assertThat(page.evaluate("() => run()")).isEqualTo(0);

      page.evaluate("() => aircheck.optOut(false)");
      page.reload();
      page.evaluate("() => say('play')");
      assertThat(page.evaluate("() => run()")).isEqualTo(1);
    }
  }

  @Test
  void globalPrivacyControl_isHonoured() throws Exception {
    try (ScriptedPages pages = new ScriptedPages(STUBBED)) {
      Page page = chromium.page(800, 600, ColorScheme.DARK);
      page.addInitScript("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})");
      page.navigate(pages.address());
      page.evaluate("() => { say('play'); dispatchEvent(new Event('pagehide')); }");

      assertThat(page.evaluate("() => run()")).isEqualTo(0);
    }
  }
}
