package io.aircheck.notify.email;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.notify.message.IncidentLink;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Sends mail, one conversation with the server for each. */
final class Email implements Notifier {

  /** How the conversation is secured. */
  enum Security {
    /** Turned to TLS before anything is said; a server that cannot is not talked to. */
    STARTTLS,
    /** TLS from the start. */
    TLS,
    /** Not at all. */
    NONE
  }

  /**
   * The server and how to talk to it.
   *
   * @param username empty: without authentication
   */
  record Server(
      String host,
      int port,
      Security security,
      Optional<String> username,
      Optional<String> password,
      Duration timeout) {}

  private final Server server;
  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final IncidentLink link;
  private final OutboundPolicy outbound;

  Email(
      Server server,
      InternetAddress from,
      List<InternetAddress> to,
      IncidentLink link,
      OutboundPolicy outbound) {
    this.server = server;
    this.from = from;
    this.to = List.copyOf(to);
    this.link = link;
    this.outbound = outbound;
  }

  @Override
  public Optional<String> check() {
    try {
      outbound.checkHost(server.host());
      try (Transport transport = connect(session())) {
        return transport.isConnected() ? Optional.empty() : Optional.of("does not stay connected");
      }
    } catch (OutboundPolicy.DeniedException e) {
      return Optional.of(e.reason());
    } catch (MessagingException e) {
      return Optional.of(server.host() + ": " + words(e));
    }
  }

  @Override
  public Delivery deliver(Notification notification) {
    try {
      outbound.checkHost(server.host());
      Session session = session();
      MailMessage message = MailMessage.of(session, notification, from, to, link);
      try (Transport transport = connect(session)) {
        transport.sendMessage(message, message.getAllRecipients());
        return new Delivery.Delivered("the server took it as " + message.getMessageID());
      }
    } catch (OutboundPolicy.DeniedException e) {
      return new Delivery.Rejected(e.reason());
    } catch (MessagingException e) {
      String reason = server.host() + ": " + words(e);
      return isFinal(e)
          ? new Delivery.Rejected(reason)
          : new Delivery.RetryAfter(reason, Optional.empty());
    }
  }

  private Transport connect(Session session) throws MessagingException {
    Transport transport = session.getTransport();
    transport.connect(
        server.host(),
        server.port(),
        server.username().orElse(null),
        server.password().orElse(null));
    return transport;
  }

  private Session session() {
    boolean tls = server.security() == Security.TLS;
    String prefix = tls ? "mail.smtps." : "mail.smtp.";
    String millis = Long.toString(server.timeout().toMillis());
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", tls ? "smtps" : "smtp");
    properties.put(prefix + "socketFactory", new GuardedSockets(outbound, server.timeout()));
    properties.put(prefix + "socketFactory.fallback", "false");
    properties.put(prefix + "connectiontimeout", millis);
    properties.put(prefix + "timeout", millis);
    properties.put(prefix + "writetimeout", millis);
    properties.put(prefix + "auth", Boolean.toString(server.username().isPresent()));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "localhost", "aircheck");
    // The name of this machine is nobody's business, and looking it up may take long.
    boolean startTls = server.security() == Security.STARTTLS;
    properties.put(prefix + "starttls.enable", Boolean.toString(startTls));
    properties.put(prefix + "starttls.required", Boolean.toString(startTls));
    // Who can be reached must not miss it because another address is wrong.
    properties.put(prefix + "sendpartial", "true");
    return Session.getInstance(properties);
  }

  /** Whether the server refused for good: credentials, or a reply of 5yz. */
  private static boolean isFinal(MessagingException e) {
    for (Exception each = e; each != null; each = next(each)) {
      int code = code(each);
      if (code >= 500 && code < 600) {
        return true;
      }
      if (each instanceof AuthenticationFailedException) {
        return !String.valueOf(each.getMessage()).startsWith("4");
      }
    }
    return false;
  }

  private static int code(Exception e) {
    return switch (e) {
      case SMTPSendFailedException failed -> failed.getReturnCode();
      case SMTPSenderFailedException failed -> failed.getReturnCode();
      case SMTPAddressFailedException failed -> failed.getReturnCode();
      default -> 0;
    };
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException nested ? nested.getNextException() : null;
  }

  private static String words(MessagingException e) {
    Exception last = e;
    for (Exception each = e; each != null; each = next(each)) {
      last = each instanceof IOException || each instanceof MessagingException ? each : last;
    }
    return e.equals(last)
        ? String.valueOf(e.getMessage())
        : e.getMessage() + " (" + last.getMessage() + ")";
  }
}
