package io.aircheck.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.testkit.EvidenceContract;
import io.aircheck.testkit.FakeS3;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3EvidenceTest extends EvidenceContract {
  private static final Optional<S3Key> KEY = Optional.of(new S3Key("key", "s3cret-of-aws"));

  private final Meter meter = new Meter();
  private final FakeS3 server;

  S3EvidenceTest() throws IOException {
    server = new FakeS3();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected EvidenceStore open(long maxBytes) throws IOException {
    return new S3Evidence(Places.in(server), KEY, maxBytes, meter);
  }

  @Test
  void put_serverThatIsBusyForAMoment_isTriedAgain() throws Exception {
    EvidenceStore evidence = open(MANY);
    server.fail(2);

    put(evidence, "a", 10);

    assertThat(evidence.list("a")).hasSize(1);
  }

  @Test
  void put_serverThatStaysBusy_isTold() throws Exception {
    EvidenceStore evidence = open(MANY);
    server.fail(100);

    assertThatThrownBy(() -> put(evidence, "a", 10))
        .isInstanceOf(IOException.class)
        .hasMessage("S3 bucket evidence answers 503 SlowDown; check the server");
  }

  @Test
  void put_isMeteredAsItIsBilled_whichFaultsOfTheServerAreNot() throws Exception {
    EvidenceStore evidence = open(MANY);
    Usage before = meter.usage();
    server.fail(2);

    put(evidence, "a", 10);

    assertThat(meter.usage().since(before).amounts())
        .isEqualTo(Map.of(Quantity.OBJECT_WRITES, 1.0, Quantity.OBJECT_BYTES_WRITTEN, 10.0));
  }

  @Test
  void open_isMeteredWithWhatIsRead_alsoOfWhatIsNotThere() throws Exception {
    EvidenceStore evidence = open(MANY);
    put(evidence, "a", 10);
    Usage before = meter.usage();

    try (InputStream clip = evidence.open("a", "clip.mp4").orElseThrow()) {
      assertThat(clip.readNBytes(4)).hasSize(4);
      assertThat(clip.skip(2)).isEqualTo(2);
      assertThat(clip.read()).isEqualTo('x');
    }
    Usage one = meter.usage().since(before);
    assertThat(evidence.open("a", "none.mp4")).isEmpty();

    assertThat(one.amounts())
        .isEqualTo(Map.of(Quantity.OBJECT_READS, 1.0, Quantity.OBJECT_BYTES_READ, 7.0));
    assertThat(meter.usage().since(before).of(Quantity.OBJECT_READS)).isEqualTo(2);
  }

  @Test
  void list_isMeteredAsAWriteForEachPage_andAReadForEachPiece() throws Exception {
    EvidenceStore evidence = open(MANY);
    for (int i = 0; i < 4; i++) {
      evidence.put("a", "at" + i + ".jpg", "image/jpeg", i, file("picture"));
    }
    Usage before = meter.usage();

    assertThat(evidence.list("a")).hasSize(4);

    Usage listed = meter.usage().since(before);
    assertThat(listed.of(Quantity.OBJECT_WRITES)).isEqualTo(2);
    assertThat(listed.of(Quantity.OBJECT_READS)).isEqualTo(4);
    assertThat(listed.of(Quantity.OBJECT_BYTES_READ)).as("the lists").isGreaterThan(100);
  }

  @Test
  void remove_isMeteredAsTheListAlone() throws Exception {
    EvidenceStore evidence = open(MANY);
    put(evidence, "a", 10);
    Usage before = meter.usage();

    evidence.remove("a");

    Usage removed = meter.usage().since(before);
    assertThat(removed.of(Quantity.OBJECT_WRITES)).isEqualTo(1);
    assertThat(removed.of(Quantity.OBJECT_READS)).isZero();
  }

  @Test
  void open_credentialsThatAreRefused_saysSoWithoutThem() {
    server.refuse();

    assertThatThrownBy(() -> open(MANY))
        .hasMessage(
            "S3 bucket evidence answers 403 AccessDenied; check the credentials and what they"
                + " allow");
  }

  @Test
  void open_nobodyThere_saysSo() {
    S3Location nowhere =
        new S3Location(
            "evidence", "", "eu-central-1", Optional.of(URI.create("http://127.0.0.1:1")));

    assertThatThrownBy(() -> new S3Evidence(nowhere, KEY, MANY, meter))
        .hasMessageStartingWith("S3 bucket evidence cannot be reached")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "'', https://media.s3.eu-west-1.amazonaws.com/p/a%20b~1/c.jpg",
    "http://minio:9000/, http://minio:9000/media/p/a%20b~1/c.jpg",
  })
  void object_ofAwsAndOfOthers_isWhereTheyHaveIt(String endpoint, URI expected) {
    Optional<URI> other = endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint));

    assertThat(new S3Location("media", "p/", "eu-west-1", other).object("a b~1/c.jpg"))
        .isEqualTo(expected);
  }
}
