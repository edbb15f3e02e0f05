package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.deploy.serverless.ObjectStore.Stored;
import io.aircheck.deploy.serverless.ObjectStoreException.Reason;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

@Tag("slow")
class S3ObjectsTest {
  private static S3Server server;

  @BeforeAll
  static void start() {
    server = S3Server.start("frames");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void hasReason(Throwable failure, Reason reason) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void get_whatWasPut_isTheSame() throws Exception {
    S3Objects objects = server.bucket("frames");

    objects.put("a/b.png", new byte[] {1, 2, 3});

    assertThat(objects.get("a/b.png")).containsExactly(1, 2, 3);
  }

  @Test
  void get_missing_saysSo() {
    assertThatThrownBy(() -> server.bucket("frames").get("none"))
        .satisfies(e -> hasReason(e, Reason.MISSING))
        .hasMessage("none is not in the bucket: it has expired, or was never written");
  }

  @Test
  void put_bucketMissing_saysWhatToDo() {
    assertThatThrownBy(() -> server.bucket("nowhere").put("a", new byte[1]))
        .satisfies(e -> hasReason(e, Reason.NO_BUCKET))
        .hasMessageContaining("a cannot be written in bucket nowhere: there is no such bucket");
  }

  @Test
  void find_bucketMissing_isNoMissingObject() {
    assertThatThrownBy(() -> server.bucket("nowhere").find("a"))
        .satisfies(e -> hasReason(e, Reason.NO_BUCKET));
  }

  @Test
  void replace_asItWasRead_isWritten() throws Exception {
    S3Objects objects = server.bucket("frames");
    objects.replace("state", new byte[] {1}, Optional.empty());
    Stored first = objects.findStored("state").orElseThrow();

    objects.replace("state", new byte[] {2}, Optional.of(first.version()));

    assertThat(objects.get("state")).containsExactly(2);
  }

  @Test
  void replace_writtenMeanwhile_isAConflictAndLeavesIt() throws Exception {
    S3Objects objects = server.bucket("frames");
    objects.put("raced", new byte[] {1});
    Stored read = objects.findStored("raced").orElseThrow();
    objects.put("raced", new byte[] {2});

    assertThatThrownBy(() -> objects.replace("raced", new byte[] {3}, Optional.of(read.version())))
        .satisfies(e -> hasReason(e, Reason.CONFLICT));
    assertThat(objects.get("raced")).containsExactly(2);
  }

  @Test
  void replace_thereAlthoughItWasNot_isAConflict() throws Exception {
    S3Objects objects = server.bucket("frames");
    objects.put("there", new byte[] {1});

    assertThatThrownBy(() -> objects.replace("there", new byte[] {3}, Optional.empty()))
        .satisfies(e -> hasReason(e, Reason.CONFLICT));
  }

  @Test
  void put_noCredentials_saysSo() {
    // None of the installed ones: other tests in this process give those something to find.
    S3Objects objects =
        S3Objects.of(
            "frames",
            Region.EU_WEST_1,
            Optional.of(server.endpoint()),
            AwsCredentialsProviderChain.of(
                () -> {
                  throw SdkClientException.create("nothing here");
                }));

    assertThatThrownBy(() -> objects.put("a", new byte[1]))
        .satisfies(e -> hasReason(e, Reason.DENIED))
        .hasMessageContaining("no credentials");
  }

  @Test
  void put_nobodyThere_mayPass() {
    S3Objects objects =
        S3Objects.of(
            "frames",
            Region.EU_WEST_1,
            Optional.of(URI.create("http://localhost:1")),
            S3Server.CREDENTIALS);

    assertThatThrownBy(() -> objects.put("a", new byte[1]))
        .satisfies(e -> hasReason(e, Reason.UNAVAILABLE));
  }
}
