package io.aircheck.notify.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.testkit.NotifierContract;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmailTest extends NotifierContract {
  private static final OutboundPolicy OPEN = new OutboundPolicy(Set.of("http"), true, List.of());

  private final List<SmtpReceiver> receivers = new ArrayList<>();

  @AfterEach
  void closeReceivers() throws IOException {
    for (SmtpReceiver receiver : receivers) {
      receiver.close();
    }
  }

  private static Map<String, String> settings(int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("host", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("security", "none");
    settings.put("username", "ada");
    settings.put("password", SECRET);
    settings.put("from", "Aircheck <aircheck@example.com>");
    settings.put("to", "ops@example.com, \"Night, shift\" <night@example.com>");
    settings.put("timeoutSeconds", "50");
    return settings;
  }

  @Override
  protected Notifier open(Receiver receiver, OutboundPolicy outbound) throws IOException {
    SmtpReceiver opened = new SmtpReceiver(receiver);
    receivers.add(opened);
    Map<String, String> settings = settings(opened.port());
    settings.put("timeoutSeconds", Integer.toString(timeoutSeconds(receiver)));
    return NotifierCatalog.installed().create("email", settings, outbound);
  }

  private MimeMessage message(int index) throws Exception {
    byte[] bytes = receivers.getFirst().messages().get(index).getBytes(StandardCharsets.UTF_8);
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
  }

  @Test
  void mail_hasTextAndHtmlAndWhoItIsFor() throws Exception {
    try (Notifier mail = open(Receiver.ACCEPTS, OPEN)) {
      mail.deliver(notification(IncidentChange.Type.NOTED));
    }

    assertThat(receivers.getFirst().credentials()).containsExactly("ada ada " + SECRET);
    MimeMessage message = message(0);
    assertThat(message.getSubject()).isEqualTo("[error] news: video.black");
    assertThat(message.getFrom()[0]).hasToString("Aircheck <aircheck@example.com>");
    assertThat(message.getAllRecipients()).hasSize(2);
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat((String) parts.getBodyPart(0).getContent())
        .contains("ada: on it – “now” <b>&", "Renditions: high, low", "cdn: north");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat((String) parts.getBodyPart(1).getContent())
        .contains("ada: on it – “now” &lt;b&gt;&amp;");
  }

  @Test
  void mails_ofAnIncident_areOneThreadAndKeepTheirIdAtEachAttempt() throws Exception {
    try (Notifier mail = open(Receiver.ACCEPTS, OPEN)) {
      mail.deliver(notification(IncidentChange.Type.OPENED));
      mail.deliver(notification(IncidentChange.Type.OPENED));
      mail.deliver(notification(IncidentChange.Type.CLOSED));
    }

    assertThat(message(0).getMessageID())
        .matches("<[0-9a-f]{64}@example\\.com>")
        .isEqualTo(message(1).getMessageID());
    assertThat(message(0).getHeader("References"))
        .isEqualTo(message(2).getHeader("References"))
        .isEqualTo(message(2).getHeader("In-Reply-To"));
    assertThat(message(0).getSubject()).isEqualTo(message(2).getSubject());
  }

  @Test
  void server_withoutStartTls_isNotTalkedTo() throws Exception {
    SmtpReceiver receiver = new SmtpReceiver(Receiver.ACCEPTS);
    receivers.add(receiver);
    Map<String, String> settings = settings(receiver.port());
    settings.put("security", "starttls");
    try (Notifier mail = NotifierCatalog.installed().create("email", settings, OPEN)) {
      assertThat(mail.deliver(notification(IncidentChange.Type.OPENED)))
          .isInstanceOfSatisfying(
              Delivery.RetryAfter.class, later -> assertThat(later.reason()).contains("STARTTLS"));
    }
    assertThat(receiver.credentials()).isEmpty();
    assertThat(receiver.messages()).isEmpty();
  }

  @Test
  void settings_thatAreWrong_areNamed() {
    Map<String, String> settings = settings(25);
    settings.put("to", "everybody");
    assertThatThrownBy(() -> NotifierCatalog.installed().create("email", settings, OPEN))
        .hasMessage("channel of type email: to must hold addresses such as ops@example.com");
    settings.put("to", "ops@example.com");
    settings.remove("username");
    assertThatThrownBy(() -> NotifierCatalog.installed().create("email", settings, OPEN))
        .hasMessage(
            "channel of type email: username is missing: a user and its password go together");
  }
}
