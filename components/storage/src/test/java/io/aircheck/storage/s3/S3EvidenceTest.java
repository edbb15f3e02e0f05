package io.aircheck.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.store.EvidenceStore;
import io.aircheck.testkit.EvidenceContract;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3EvidenceTest extends EvidenceContract {
  private static final Optional<S3Key> KEY = Optional.of(new S3Key("key", "s3cret-of-aws"));

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
    return new S3Evidence(server.location(), KEY, maxBytes);
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

    assertThatThrownBy(() -> new S3Evidence(nowhere, KEY, MANY))
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
