package io.aircheck.notify.email;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.notify.email.Email.Security;
import io.aircheck.notify.message.IncidentLink;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;

/** Makes channels that send mail. */
public final class EmailFactory implements NotifierFactory {

  @Override
  public String type() {
    return "email";
  }

  @Override
  public List<ChannelSetting> settings() {
    return List.of(
        ChannelSetting.required("host", "Mail server."),
        ChannelSetting.required("from", "Address of the sender."),
        ChannelSetting.required("to", "Addresses of the recipients, with commas between."),
        ChannelSetting.withDefault(
            "security", "starttls", "`starttls`, `tls` or `none`: how the connection is secured."),
        ChannelSetting.optional(
            "port", "Port of the server; left out, 587, 465 or 25 by `security`."),
        ChannelSetting.optional("username", "User to authenticate as."),
        ChannelSetting.optional("password", "Its password.").asSecret(),
        IncidentLink.SETTING,
        ChannelSetting.withDefault(
            "timeoutSeconds", "20", "Longest time of a whole conversation with the server."));
  }

  @Override
  public Quantity meteredAs() {
    return Quantity.MAILS;
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    Security security =
        Security.valueOf(
            settings.word("security", List.of("starttls", "tls", "none")).toUpperCase(Locale.ROOT));
    if (settings.find("password").isPresent() != settings.find("username").isPresent()) {
      String missing = settings.find("username").isPresent() ? "password" : "username";
      throw settings.invalid(missing, "is missing: a user and its password go together");
    }
    List<InternetAddress> from = addresses(settings, "from");
    if (from.size() != 1) {
      throw settings.invalid("from", "must be one address");
    }
    return new Email(
        new Email.Server(
            settings.text("host"),
            settings.find("port").isPresent()
                ? settings.integer("port", 1, 65_535)
                : usualPort(security),
            security,
            settings.find("username"),
            settings.find("password"),
            settings.seconds("timeoutSeconds")),
        from.getFirst(),
        addresses(settings, "to"),
        IncidentLink.of(settings),
        outbound);
  }

  private static int usualPort(Security security) {
    return switch (security) {
      case STARTTLS -> 587;
      case TLS -> 465;
      case NONE -> 25;
    };
  }

  private static List<InternetAddress> addresses(ChannelSettings settings, String name) {
    try {
      List<InternetAddress> addresses = List.of(InternetAddress.parse(settings.text(name), true));
      if (!addresses.isEmpty()
          && addresses.stream().allMatch(address -> address.getAddress().contains("@"))) {
        return addresses;
      }
    } catch (AddressException e) {
      // said below
    }
    throw settings.invalid(name, "must hold addresses such as ops@example.com");
  }
}
