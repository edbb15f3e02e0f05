package io.aircheck.notify.http;

import io.aircheck.core.net.OutboundPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connects to where an address points, and hangs up. */
final class Reachability {
  private Reachability() {}

  static void connect(URI uri, Duration timeout, OutboundPolicy outbound) throws IOException {
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("the name cannot be resolved");
    }
    if (!outbound.allows(address.getAddress())) {
      throw new IOException("points at an address that the outbound policy does not allow");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.toIntExact(timeout.toMillis()));
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      if (tls) {
        shakeHands(socket, uri.getHost(), port);
      }
    }
  }

  private static void shakeHands(Socket socket, String host, int port) throws IOException {
    SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket secure = (SSLSocket) sockets.createSocket(socket, host, port, true)) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
    }
  }
}
