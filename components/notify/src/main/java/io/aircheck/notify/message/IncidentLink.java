package io.aircheck.notify.message;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where people see an incident: the page of the service, as they reach it.
 *
 * @param template address in which {@code {incident}} stands for the id; empty: nobody said
 */
public record IncidentLink(Optional<String> template) {
  /** The setting read by {@link #of}. */
  public static final ChannelSetting SETTING =
      ChannelSetting.optional(
          "link", "Address of an incident for people; `{incident}` in it stands for the id.");

  private static final String PLACE = "{incident}";

  /**
   * The link that is set.
   *
   * @throws IllegalArgumentException when it is no address of a page
   */
  public static IncidentLink of(ChannelSettings settings) {
    Optional<String> template = settings.find(SETTING.name());
    template.ifPresent(
        text -> {
          try {
            String scheme = URI.create(text.replace(PLACE, "id")).getScheme();
            if (List.of("http", "https").contains(scheme)) {
              return;
            }
          } catch (IllegalArgumentException e) {
            // said below
          }
          throw settings.invalid(
              SETTING.name(),
              "must be an address such as https://example.com/incidents/{incident}");
        });
    return new IncidentLink(template);
  }

  /** Where an incident is seen. */
  public Optional<String> to(Incident incident) {
    // Encoded as a form would, but for what a path may hold as it is and for what it may not.
    String id =
        URLEncoder.encode(incident.id(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("%7E", "~");
    return template.map(text -> text.replace(PLACE, id));
  }
}
