package io.aircheck.app.cost.measure.share;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Opens what a {@link FrameServer} of this machine hands on, and leaves the rest to others. */
public final class SharedSources implements MediaSources {
  static final String SCHEME = "frames";

  private final MediaSources others;

  public SharedSources(MediaSources others) {
    this.others = others;
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return isShared(request) ? List.of() : others.renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    if (!isShared(request)) {
      return others.open(request);
    }
    URI address = URI.create(request.uri());
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
      socket.setTcpNoDelay(true);
      new DataOutputStream(socket.getOutputStream()).writeUTF(address.getPath());
      return new FrameReceiver(socket);
    } catch (IOException e) {
      throw new MediaException(
          MediaException.Reason.NOT_FOUND, "no converter hands it on: " + e.getMessage(), e);
    }
  }

  private static boolean isShared(SourceRequest request) {
    return MediaSources.schemeOf(request.uri()).equals(SCHEME);
  }
}
