package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.AddressTerms;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A stream to be watched.
 *
 * @param run names this stream with these settings, whoever says so: with others it has another
 *     name. A stream that is only watched more or less closely, or whose inputs may lead elsewhere
 *     from now on, keeps its run
 * @param stream what to watch
 * @param folds ids of the folds over its observations
 * @param policy how its findings become incidents
 */
record StreamOrder(String run, StreamSpec stream, List<String> folds, IncidentPolicy policy) {
  private static final RecordBytes<StreamOrder> BYTES = new RecordBytes<>(StreamOrder.class);
  private static final int DIGEST_BYTES = 8;

  StreamOrder {
    folds = List.copyOf(folds);
  }

  static StreamOrder of(StreamSpec stream, List<String> folds, IncidentPolicy policy) {
    StreamOrder plain =
        new StreamOrder(
            "", stream.withWatching(Watching.FULL).withAddresses(AddressRule.ANY), folds, policy);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(BYTES.serialize(plain));
      String run = stream.id() + "/" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
      return new StreamOrder(run, stream, folds, policy);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it, and memory does not fail", e);
    }
  }

  /** What the inputs of the stream may lead to; empty: everywhere. */
  Optional<AddressTerms> addresses() {
    return stream.source().addresses().terms();
  }

  Run toRun() {
    return new Run(run, stream.id(), stream.live(), folds, policy);
  }
}
