package io.aircheck.media.segments;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.media.playlist.InitSection;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.playlist.SegmentKey;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.resource.Resource;
import io.aircheck.media.resource.ResourceClient;
import io.aircheck.media.resource.ResourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of one segment in the clear, as they arrive. Finds out its format from the first bytes,
 * looks at its timestamps on the way, and counts the time spent waiting for it. One thread; {@link
 * #close()} from any.
 */
final class SegmentBody implements AutoCloseable {

  /** Largest segment that is read: 10 s at 200 Mb/s. */
  static final long MAX_BYTES = 250_000_000;

  /** A download that takes this many times as long as the segment plays is given up ... */
  private static final int PATIENCE_DURATIONS = 5;

  /** ... but not before this time. */
  private static final long PATIENCE_AT_LEAST_MILLIS = 30_000;

  /** Largest initialization section that is read; real ones take a few kilobytes. */
  private static final int MAX_INIT_BYTES = 4 << 20;

  private final Segment segment;
  private final Resource resource;
  private final InputStream bytes;
  private final FragmentTimes fragmentTimes;
  private final Pace pace;
  private final byte[] head = new byte[SegmentFormat.HEAD_BYTES];
  private int headLength;
  private int headHandedOut;
  private SegmentTimes times = SegmentTimes.UNKNOWN;
  private final long patienceMillis;
  private long waitedMillis;
  private long received;

  private SegmentBody(
      Segment segment,
      Resource resource,
      InputStream bytes,
      FragmentTimes fragmentTimes,
      Pace pace) {
    this.segment = segment;
    this.resource = resource;
    this.bytes = bytes;
    this.fragmentTimes = fragmentTimes;
    this.pace = pace;
    this.patienceMillis =
        Math.max(PATIENCE_AT_LEAST_MILLIS, PATIENCE_DURATIONS * segment.durationMicros() / 1000);
  }

  /**
   * Opens a segment.
   *
   * @param fragmentTimes has seen the initialization section, if there is one
   * @throws ResourceException when it, or its key, cannot be fetched
   * @throws MediaException when it cannot be decrypted
   */
  static SegmentBody open(
      Segment segment,
      ResourceClient client,
      SegmentKeys keys,
      FragmentTimes fragmentTimes,
      Pace pace)
      throws ResourceException, MediaException {
    long startMillis = pace.nowMillis();
    Resource resource = client.open(segment.uri(), segment.span());
    try {
      InputStream bytes = resource.body();
      String where = Addresses.redact(segment.uri());
      if (segment.key().isPresent()) {
        bytes = keys.decrypt(bytes, segment.key().get(), segment.sequence(), where);
      }
      SegmentBody body = new SegmentBody(segment, resource, bytes, fragmentTimes, pace);
      body.sniff(where);
      body.waitedMillis = pace.nowMillis() - startMillis;
      return body;
    } catch (ResourceException | MediaException failure) {
      resource.close();
      throw failure;
    }
  }

  private void sniff(String where) throws ResourceException, MediaException {
    try {
      headLength = bytes.readNBytes(head, 0, head.length);
    } catch (IOException e) {
      if (segment.key().isPresent()) {
        throw wrongKey(where);
      }
      throw new ResourceException(Reason.DISCONNECTED, 0, "connection broke while reading");
    }
    if (headLength == 0) {
      throw new ResourceException(Reason.INVALID_DATA, 200, "segment is empty");
    }
    SegmentFormat format = SegmentFormat.of(head, headLength);
    if (format == SegmentFormat.UNKNOWN && segment.key().isPresent()) {
      throw wrongKey(where);
    }
    if (format == SegmentFormat.TRANSPORT_STREAM) {
      times = new TransportTimes();
    } else if (format == SegmentFormat.FRAGMENTED_MP4) {
      fragmentTimes.nextSegment();
      times = fragmentTimes;
    }
  }

  private static MediaException wrongKey(String where) {
    return new MediaException(
        Reason.DENIED, where + ": not media after decryption; the decryption key is wrong");
  }

  /**
   * Reads some bytes.
   *
   * @return how many, or -1 at the end
   * @throws IOException when the rest cannot be had
   */
  int read(byte[] buffer, int offset, int length) throws IOException {
    int count;
    if (headHandedOut < headLength) {
      count = Math.min(length, headLength - headHandedOut);
      System.arraycopy(head, headHandedOut, buffer, offset, count);
      headHandedOut += count;
    } else {
      long startMillis = pace.nowMillis();
      count = bytes.read(buffer, offset, length);
      waitedMillis += pace.nowMillis() - startMillis;
      if (waitedMillis > patienceMillis) {
        throw new IOException("download takes too long: " + waitedMillis / 1000 + " s so far");
      }
    }
    if (count > 0) {
      received += count;
      if (received > MAX_BYTES) {
        throw new IOException("larger than the limit of " + MAX_BYTES + " bytes");
      }
      times.bytes(buffer, offset, count);
    }
    return count;
  }

  boolean transportStream() {
    return times instanceof TransportTimes;
  }

  Segment segment() {
    return segment;
  }

  /** Timestamps seen so far. */
  SegmentTimes times() {
    return times;
  }

  /** Bytes handed out. */
  long received() {
    return received;
  }

  /** Wall-clock time spent waiting for the network, milliseconds. */
  long waitedMillis() {
    return waitedMillis;
  }

  /**
   * The initialization section of a segment.
   *
   * @throws ResourceException when it cannot be fetched
   * @throws MediaException when it cannot be decrypted
   */
  static byte[] init(InitSection init, long sequence, ResourceClient client, SegmentKeys keys)
      throws ResourceException, MediaException {
    try (Resource resource = client.open(init.uri(), init.span())) {
      Optional<SegmentKey> key = init.key();
      if (key.isEmpty()) {
        return client.read(resource, MAX_INIT_BYTES);
      }
      String where = Addresses.redact(init.uri());
      InputStream clear = keys.decrypt(resource.body(), key.get(), sequence, where);
      return client.read(new Resource(resource.uri(), Optional.empty(), clear), MAX_INIT_BYTES);
    }
  }

  @Override
  public void close() {
    resource.close();
  }
}
