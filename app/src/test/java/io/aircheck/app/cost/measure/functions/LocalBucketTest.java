package io.aircheck.app.cost.measure.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.deploy.serverless.ObjectStore;
import io.aircheck.deploy.serverless.ObjectStoreException;
import io.aircheck.deploy.serverless.S3Objects;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** By the client that functions use. */
class LocalBucketTest {
  @SuppressWarnings("NullAway.Init")
  private LocalBucket bucket;

  @SuppressWarnings("NullAway.Init")
  private ObjectStore client;

  @BeforeEach
  void start() throws IOException {
    bucket = new LocalBucket();
    client =
        S3Objects.of(
            LocalBucket.NAME,
            Region.US_EAST_1,
            Optional.of(bucket.endpoint()),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")));
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  @Test
  void put_anObjectOfManyChunks_comesBackAsItWas() throws Exception {
    byte[] bytes = new byte[300_001];
    new Random(1).nextBytes(bytes);

    client.put("a/b c.png", bytes);

    assertThat(client.find("a/b c.png")).hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
    assertThat(client.find("a/other")).isEmpty();
  }

  @Test
  void put_again_isWrittenOver() throws Exception {
    client.put("a", new byte[] {1});
    client.put("a", new byte[] {2});

    assertThat(client.get("a")).containsExactly(2);
  }

  @Test
  void replace_whatSomebodyElseHasWritten_isRefused() throws Exception {
    client.replace("a", new byte[] {1}, Optional.empty());
    String version = client.findStored("a").orElseThrow().version();
    client.replace("a", new byte[] {2}, Optional.of(version));

    assertThatThrownBy(() -> client.replace("a", new byte[] {3}, Optional.of(version)))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("written by somebody else");
    assertThatThrownBy(() -> client.replace("a", new byte[] {3}, Optional.empty()))
        .isInstanceOf(ObjectStoreException.class);
    assertThat(client.get("a")).containsExactly(2);
  }
}
