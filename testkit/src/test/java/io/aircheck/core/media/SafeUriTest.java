package io.aircheck.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SafeUriTest {
  @Test
  void redact_userInfoAndSecretParameters_areTakenOut() {
    assertThat(
            SafeUri.redact(
                "https://user:word@host/a.m3u8?part=1&X-Amz-Signature=ab&token=c;Policy=d#end"))
        .isEqualTo("https://host/a.m3u8?part=1&X-Amz-Signature=***&token=***;Policy=***#end");
  }

  @Test
  void redact_addressWithoutSecrets_isUnchanged() {
    assertThat(SafeUri.redact("https://host/key/token.ts?part=1&at=2"))
        .isEqualTo("https://host/key/token.ts?part=1&at=2");
  }

  @Test
  void redact_hostileLength_takesNoLong() {
    String hostile = "http://a/?" + "key".repeat(500_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(SafeUri.redact(hostile)).isEqualTo(hostile));
  }
}
