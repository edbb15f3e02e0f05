package io.aircheck.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.meter.Meter;
import io.aircheck.testkit.FakeS3;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectsTest {
  private static final Optional<S3Key> KEY = Optional.of(new S3Key("key", "secret"));

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private FakeS3 server;

  @SuppressWarnings("NullAway.Init")
  private S3Objects objects;

  @BeforeEach
  void start() throws Exception {
    server = new FakeS3();
    objects = new S3Objects(Places.in(server), KEY, new Meter());
    S3Bucket bucket = new S3Bucket(Places.in(server), KEY, new Meter());
    for (int i = 0; i < 5; i++) {
      Path file = Files.writeString(folder.resolve("o" + i), "lines " + i);
      bucket.put("logs/o" + i, file, Map.of());
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void objects_areListedOverAllPages() throws IOException {
    List<S3Objects.Entry> all = objects.list();

    assertThat(all)
        .extracting(S3Objects.Entry::key)
        .containsExactly("logs/o0", "logs/o1", "logs/o2", "logs/o3", "logs/o4");
    assertThat(all).allMatch(entry -> entry.bytes() == 7);
    assertThat(all.getFirst().modified())
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
  }

  @Test
  void object_isReadAsItIsStored() throws IOException {
    try (InputStream in = objects.open("logs/o3")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("lines 3");
    }
  }

  @Test
  void objectThatIsGone_isTold() {
    assertThatThrownBy(() -> objects.open("logs/o9"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no logs/o9 any more");
  }

  @Test
  void credentialsThatAreRefused_areTold() {
    server.refuse();

    assertThatThrownBy(() -> objects.list())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("check the credentials");
  }
}
