package io.aircheck.notify.email;

import io.aircheck.core.net.OutboundPolicy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Sockets for one conversation with a server that is not trusted: they connect only where the
 * policy allows, read no more than a bounded number of bytes, and only for a bounded time however
 * slowly the server talks.
 */
final class GuardedSockets extends SocketFactory {
  /** More than any conversation of this kind has, TLS included. */
  static final int MAX_BYTES = 64 * 1024;

  private final OutboundPolicy outbound;
  private final long deadlineNanos;

  /**
   * @param timeout for the whole conversation, from now on
   */
  GuardedSockets(OutboundPolicy outbound, Duration timeout) {
    this.outbound = outbound;
    deadlineNanos = System.nanoTime() + timeout.toNanos();
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = new GuardedSocket();
    socket.connect(address);
    return socket;
  }

  private int millisLeft() throws SocketTimeoutException {
    long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("the conversation takes too long");
    }
    return Math.toIntExact(millis);
  }

  private final class GuardedSocket extends Socket {
    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (endpoint instanceof InetSocketAddress address
          && !address.isUnresolved()
          && !outbound.allows(address.getAddress())) {
        throw new IOException("the outbound policy does not allow this address");
      }
      super.connect(endpoint, millisLeft());
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new BoundedInput(super.getInputStream());
    }

    private final class BoundedInput extends FilterInputStream {
      private int left = MAX_BYTES;

      BoundedInput(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left <= 0) {
          throw new IOException("the server says more than it can have to say");
        }
        setSoTimeout(millisLeft());
        int read = in.read(bytes, offset, Math.min(length, left));
        left -= Math.max(0, read);
        return read;
      }
    }
  }
}
