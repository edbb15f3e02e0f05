package io.aircheck.media.input;

import io.aircheck.core.media.MediaException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/**
 * What went wrong when an address was asked for over HTTP, in words.
 *
 * @param what without the address
 * @param advice what to do about it
 */
public record HttpFailure(Reason reason, String what, String advice) {

  /** Tells what a failure of the JDK's client means. */
  public static HttpFailure of(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return new HttpFailure(
          Reason.TIMEOUT, "host does not answer", "check the address and the network");
    }
    if (failure instanceof HttpTimeoutException) {
      return new HttpFailure(
          Reason.TIMEOUT, "no answer in time", "check the server, or raise the read time-out");
    }
    if (causedBy(failure, CertificateException.class)) {
      return new HttpFailure(
          Reason.DENIED,
          "its certificate is not trusted (self-signed, expired, or for another name)",
          "renew it, or add its authority to the trust store of Java");
    }
    if (failure instanceof SSLException) {
      return new HttpFailure(
          Reason.DENIED, "no secure connection", "check that the server speaks TLS there");
    }
    if (causedBy(failure, UnresolvedAddressException.class)
        || causedBy(failure, UnknownHostException.class)) {
      return new HttpFailure(Reason.NOT_FOUND, "unknown host", "check its name");
    }
    if (failure instanceof ConnectException) {
      return new HttpFailure(
          Reason.NOT_FOUND,
          "connection refused",
          "nothing answers there; check the address and that a server runs");
    }
    return new HttpFailure(
        Reason.DISCONNECTED, "connection broke", "check the server and the network");
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
