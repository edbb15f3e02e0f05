package io.aircheck.notify.email;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.notify.Notification;
import io.aircheck.notify.message.Digest;
import io.aircheck.notify.message.IncidentLink;
import io.aircheck.notify.message.Wording;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * A notification as a mail, in text and HTML. All mails about an incident are one thread: they
 * refer to the same first message, whether or not that was sent to this channel.
 */
final class MailMessage extends MimeMessage {
  private final String messageId;

  private MailMessage(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  static MailMessage of(
      Session session,
      Notification notification,
      InternetAddress from,
      List<InternetAddress> to,
      IncidentLink link)
      throws MessagingException {
    Wording wording = Wording.of(notification);
    Incident incident = notification.change().incident();
    MailMessage message = new MailMessage(session, id(notification.key(), from));
    message.setFrom(from);
    message.setRecipients(Message.RecipientType.TO, to.toArray(Address[]::new));
    // The same for all mails of an incident, or some programs make threads of their own.
    message.setSubject(
        "[%s] %s: %s".formatted(incident.severity().word(), incident.stream(), incident.cause()),
        StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(Instant.ofEpochMilli(notification.change().atMillis())));
    String thread = id(incident.id() + "~" + notification.channel(), from);
    message.setHeader("In-Reply-To", thread);
    message.setHeader("References", thread);
    // Absence notes and the like must not answer (RFC 3834).
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Aircheck-Key", Digest.unlessShort(200, notification.key()));
    Optional<String> page = link.to(incident);
    MimeMultipart alternatives = new MimeMultipart("alternative");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(text(wording, page), StandardCharsets.UTF_8.name());
    alternatives.addBodyPart(text);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(wording, page), StandardCharsets.UTF_8.name(), "html");
    alternatives.addBodyPart(html);
    message.setContent(alternatives);
    message.saveChanges();
    return message;
  }

  /** An id that is the same at every attempt, by which servers and programs know a mail again. */
  private static String id(String key, InternetAddress from) {
    String address = from.getAddress();
    return "<" + Digest.of(key) + "@" + address.substring(address.lastIndexOf('@') + 1) + ">";
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  private static String text(Wording wording, Optional<String> page) {
    StringBuilder text = new StringBuilder();
    text.append(wording.title()).append("\n\n").append(wording.sentence()).append("\n\n");
    wording
        .facts()
        .forEach(fact -> text.append(fact.name()).append(": ").append(fact.value()).append('\n'));
    page.ifPresent(url -> text.append('\n').append(url).append('\n'));
    return text.toString();
  }

  private static String html(Wording wording, Optional<String> page) {
    StringBuilder html = new StringBuilder("<!doctype html><meta charset=\"utf-8\">");
    html.append("<h1 style=\"font:600 18px sans-serif\">").append(escape(wording.title()));
    html.append("</h1><p style=\"font:15px sans-serif\">").append(escape(wording.sentence()));
    html.append("</p><table style=\"font:14px sans-serif\">");
    for (Wording.Fact fact : wording.facts()) {
      html.append("<tr><th align=\"left\" style=\"padding-right:1em\">");
      html.append(escape(fact.name())).append("</th><td>");
      html.append(escape(fact.value())).append("</td></tr>");
    }
    html.append("</table>");
    page.ifPresent(
        url ->
            html.append("<p style=\"font:15px sans-serif\"><a href=\"")
                .append(escape(url))
                .append("\">Open the incident</a></p>"));
    return html.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
