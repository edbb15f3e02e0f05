package io.aircheck.experience.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Attributes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/142.0.0.0 Safari/537.36|desktop|Windows|Chrome",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0|desktop|Windows|Edge",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/18.5 Safari/605.1.15|desktop|macOS|Safari",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"
            + " Firefox/140.0|desktop|Linux|Firefox",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) CriOS/137.0 Mobile/15E148 Safari/604.1|phone|iOS|Chrome",
        "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/17.5 Mobile/15E148 Safari/604.1|tablet|iPadOS|Safari",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0"
            + " Mobile Safari/537.36|phone|Android|Chrome",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36|tablet|Android|Samsung Internet",
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " 94.0.4606.31/7.0 TV Safari/537.36|tv|Tizen|Safari",
        "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0"
            + " Safari/537.36 WebAppManager|tv|webOS|Chrome",
        "Mozilla/5.0 (Linux; Android 9; AFTSSS Build/PS7633; wv) AppleWebKit/537.36 (KHTML, like"
            + " Gecko) Chrome/108.0|tv|Fire OS|Chrome",
        "Mozilla/5.0 (PlayStation; PlayStation 5/9.00) AppleWebKit/605.1.15|console|PlayStation|",
        "Roku/DVP-14.5 (14.5.4.5934-AY)|tv|Roku OS|"
      })
  void viewer_isReducedToFamilies(String userAgent, String device, String system, String browser) {
    Map<String, String> attributes = UserAgent.attributes(userAgent);
    assertThat(attributes.get(Attributes.DEVICE)).isEqualTo(device);
    assertThat(attributes.get(Attributes.SYSTEM)).isEqualTo(system);
    assertThat(attributes.get(Attributes.BROWSER)).isEqualTo(browser);
    assertThat(attributes).doesNotContainKey(Attributes.BOT);
  }

  @Test
  void playersThatNameThemselves_areKnownWithTheirVersion() {
    assertThat(UserAgent.attributes("app/3.1 (Linux;Android 14) ExoPlayerLib/2.18.7"))
        .containsEntry(Attributes.PLAYER, "ExoPlayer")
        .containsEntry(Attributes.PLAYER_VERSION, "2.18.7")
        .containsEntry(Attributes.DEVICE, "phone");
    assertThat(
            UserAgent.attributes(
                "AppleCoreMedia/1.0.0.22F76 (iPhone; U; CPU OS 18_5 like Mac OS X; en_us)"))
        .containsEntry(Attributes.PLAYER, "AVPlayer")
        .containsEntry(Attributes.SYSTEM, "iOS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " HeadlessChrome/156.0.0.0 Safari/537.36",
        "python-requests/2.32.3",
        "Lavf/61.7.100"
      })
  void machine_isLabelled(String userAgent) {
    assertThat(UserAgent.attributes(userAgent)).containsEntry(Attributes.BOT, "true");
  }

  @Test
  void phoneOfABrandThatSoundsLikeAMachine_isNone() {
    assertThat(
            UserAgent.attributes(
                "Mozilla/5.0 (Linux; Android 11; CUBOT P50) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/120.0.0.0 Mobile Safari/537.36"))
        .doesNotContainKey(Attributes.BOT);
  }
}
