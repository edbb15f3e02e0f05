package io.aircheck.deploy.isolated;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Messages over two streams of bytes: each as a mark, its length and its bytes. What does not begin
 * with the mark was written by somebody else, such as a JVM that crashes, and ends the
 * conversation. Any thread writes, one reads.
 */
final class MessageChannel {
  /** Longest message, bytes: a picture or a part of a clip is far below. */
  static final int MAX_MESSAGE = 16 << 20;

  /** "AIR" and the version of the protocol. */
  private static final int MARK = 0x41495201;

  private static final int BUFFER = 1 << 16;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  MessageChannel(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
  }

  /** Writes a message, to be sent with the next that does not wait: for values that come often. */
  synchronized void write(Message message) throws IOException {
    body.reset();
    MessageCodec.write(new DataOutputStream(body), message);
    out.writeInt(MARK);
    out.writeInt(body.size());
    body.writeTo(out);
  }

  /** Writes a message and sends it, with what waits. */
  synchronized void send(Message message) throws IOException {
    write(message);
    out.flush();
  }

  /** Sends what waits. */
  synchronized void flush() throws IOException {
    out.flush();
  }

  /**
   * Waits for the next message.
   *
   * @return empty when the other side is gone, or says something else than messages from now on
   * @throws IOException when a message cannot be read
   */
  Optional<Message> read() throws IOException {
    int length;
    try {
      if (in.readInt() != MARK) {
        in.transferTo(OutputStream.nullOutputStream());
        return Optional.empty();
      }
      length = in.readInt();
    } catch (EOFException e) {
      return Optional.empty();
    }
    if (length < 0 || length > MAX_MESSAGE) {
      throw new IOException("a message of %d bytes came".formatted(length));
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      return Optional.empty();
    }
    return Optional.of(MessageCodec.read(new DataInputStream(new ByteArrayInputStream(bytes))));
  }
}
