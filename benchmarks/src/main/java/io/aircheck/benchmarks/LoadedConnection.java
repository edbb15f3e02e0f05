package io.aircheck.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection on which some sessions report in turn, CMCD as hls.js writes it; the records of a
 * body are spread over the time since the session's body before. Bare sockets, so that the sender
 * costs little beside what is measured. Not thread-safe.
 */
final class LoadedConnection {
  /** The records of a session's first body are of so many milliseconds one after the other. */
  private static final long FIRST_STEP_MILLIS = 3_000;

  private final int port;
  private final int firstSession;
  private final int sessions;
  private final int batch;
  private final int[] sequences;

  /** When each session last reported; 0: it has not. */
  private final long[] reported;

  LoadedConnection(int port, int firstSession, int sessions, int batch) {
    this.port = port;
    this.firstSession = firstSession;
    this.sessions = sessions;
    this.batch = batch;
    this.sequences = new int[sessions];
    this.reported = new long[sessions];
  }

  /**
   * Sends until a time.
   *
   * @param first when the first body is to be sent, nanoseconds
   * @param interval from one to the next; 0: as soon as it is answered
   * @return nanoseconds from when each was to be sent to its answer
   */
  long[] send(long first, long interval, long end) throws IOException {
    long[] nanos = new long[1024];
    int count = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      long due = first;
      while (due < end && System.nanoTime() < end) {
        byte[] request = request(count % sessions);
        long wait = due - System.nanoTime();
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = due - System.nanoTime();
        }
        long start = interval == 0 ? System.nanoTime() : due;
        out.write(request);
        readAnswer(in);
        if (count == nanos.length) {
          nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = System.nanoTime() - start;
        due += interval;
      }
    }
    return Arrays.copyOf(nanos, count);
  }

  private byte[] request(int session) {
    StringBuilder body = new StringBuilder();
    long now = System.currentTimeMillis();
    long before = reported[session];
    long span = before == 0 ? batch * FIRST_STEP_MILLIS : now - before;
    reported[session] = now;
    int number = firstSession + session;
    for (int i = 0; i < batch; i++) {
      int sequence = sequences[session]++;
      body.append("bl=(8000),br=(").append(sequence % 17 == 3 ? 1500 : 3128);
      body.append("),cid=\"channel-").append(number % 40).append("\",e=t,ltc=").append(4000);
      body.append(",mtp=(12000),pr=1,sf=h,sid=\"");
      body.append(Integer.toHexString(number * 0x9E3779B9)).append("-3a79-40a9-aeb7-2325e2c344c3");
      body.append("\",sn=").append(sequence).append(",st=l,sta=").append(sequence == 0 ? 's' : 'p');
      body.append(",tb=(6128),ts=").append(now - (batch - 1 - i) * span / batch);
      body.append(",v=2\n");
    }
    byte[] content = body.toString().getBytes(StandardCharsets.US_ASCII);
    String head =
        "POST /v1/viewers/reports?player=hls.js&playerVersion=1.7.4&cdn=cdn-"
            + number % 3
            + " HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Type: application/cmcd\r\n"
            + "Origin: https://www.example.com\r\n"
            + "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML,"
            + " like Gecko) Chrome/"
            + (130 + number % 9)
            + ".0.0.0 Safari/537.36\r\nContent-Length: "
            + content.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, request, start.length, content.length);
    return request;
  }

  /** Reads an answer that has to be 204, and so has no content. */
  private static void readAnswer(InputStream in) throws IOException {
    int matched = 0;
    StringBuilder status = new StringBuilder();
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection was closed after " + status);
      }
      if (status.length() < 12) {
        status.append((char) next);
      }
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    if (!status.toString().endsWith(" 204")) {
      throw new IOException("answered " + status);
    }
  }
}
