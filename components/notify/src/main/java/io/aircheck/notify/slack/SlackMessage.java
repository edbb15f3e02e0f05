package io.aircheck.notify.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.notify.Notification;
import io.aircheck.notify.json.IncidentJson;
import io.aircheck.notify.message.IncidentLink;
import io.aircheck.notify.message.Shorten;
import io.aircheck.notify.message.Wording;
import java.util.List;

/**
 * A notification as Slack's blocks, with a plain text beside them for systems that know only that.
 *
 * <p>Source: Slack Block Kit reference, from which the limits are.
 */
final class SlackMessage {
  /** Characters that a section takes. */
  private static final int MAX_SECTION = 3000;

  /** Characters that a field of a section takes, and how many fields there may be. */
  private static final int MAX_FIELD = 2000;

  private static final int MAX_FIELDS = 10;
  private static final int MAX_HEADER = 150;

  /** Far below what Slack cuts off, and enough for a fallback. */
  private static final int MAX_TEXT = 3000;

  private SlackMessage() {}

  static ObjectNode of(Notification notification, IncidentLink link) {
    Wording wording = Wording.of(notification);
    Incident incident = notification.change().incident();
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    String headline = sign(incident) + " " + wording.title();
    message.put("text", text(headline + "\n" + wording.sentence(), MAX_TEXT));
    ArrayNode blocks = message.putArray("blocks");
    blocks
        .addObject()
        .put("type", "header")
        .putObject("text")
        // Plain text is taken as it is, without escapes.
        .put("type", "plain_text")
        .put("text", Shorten.to(MAX_HEADER, headline));
    String sentence = text(wording.sentence(), MAX_SECTION);
    if (!sentence.isBlank()) {
      section(blocks).set("text", markdown(sentence));
    }
    List<Wording.Fact> facts = wording.facts();
    ArrayNode fields = section(blocks).putArray("fields");
    for (Wording.Fact fact : facts.subList(0, Math.min(MAX_FIELDS, facts.size()))) {
      fields.add(
          markdown(
              "*%s*\n%s"
                  .formatted(
                      text(fact.name(), MAX_FIELD / 2 - 4), text(fact.value(), MAX_FIELD / 2))));
    }
    String context = IncidentJson.time(notification.change().atMillis());
    String page =
        link.to(incident)
            .filter(url -> url.length() < MAX_FIELD / 2)
            .map(url -> " · <" + escape(url) + "|Open the incident>")
            .orElse("");
    blocks.addObject().put("type", "context").putArray("elements").add(markdown(context + page));
    return message;
  }

  /** Severity and state at a glance, by shape as well as by colour. */
  private static String sign(Incident incident) {
    if (incident.state() == Incident.State.CLOSED) {
      return "✅";
    }
    return switch (incident.severity()) {
      case ERROR -> "🛑";
      case WARNING -> "⚠️";
      case INFO -> "ℹ️";
    };
  }

  private static ObjectNode section(ArrayNode blocks) {
    return blocks.addObject().put("type", "section");
  }

  private static ObjectNode markdown(String text) {
    return JsonNodeFactory.instance.objectNode().put("type", "mrkdwn").put("text", text);
  }

  /** Text from elsewhere, escaped and within a limit that holds after escaping. */
  private static String text(String text, int max) {
    String shortened = Shorten.to(max, text);
    String escaped = escape(shortened);
    while (escaped.length() > max) {
      shortened = Shorten.to(shortened.length() * 3 / 4, shortened);
      escaped = escape(shortened);
    }
    return escaped;
  }

  /** The three characters that mean something to Slack: mentions and links begin with them. */
  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
