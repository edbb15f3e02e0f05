package io.aircheck.experience.logs;

import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.json.JsonFields;
import io.aircheck.experience.json.JsonRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object per line with names of our own, for servers whose logs are formatted as one likes:
 * nginx, Fastly and others. The page on reports has the formats to configure.
 */
public final class JsonLog implements LogFormat {
  private static final List<String> DATA =
      List.of("cmcdRequest", "cmcdObject", "cmcdStatus", "cmcdSession");
  private static final long MOST_MILLIS = 24 * 3600 * 1000L;

  private final JsonRecords records = new JsonRecords();

  @Override
  public void read(byte[] lines, Consumer<LoggedRequest> requests, Runnable malformed) {
    records.read(lines, fields -> request(fields, requests, malformed), malformed);
  }

  private static void request(
      JsonFields fields, Consumer<LoggedRequest> requests, Runnable malformed) {
    String time = fields.text("time");
    String address = told(fields, "url");
    long millis = time == null ? -1 : Epoch.millis(time);
    if (millis < 0 || address == null) {
      malformed.run();
      return;
    }
    List<String> data = new ArrayList<>();
    for (String name : DATA) {
      String value = told(fields, name);
      if (value != null) {
        data.add(value);
      }
    }
    int query = address.indexOf('?');
    Integer status = fields.small("status", 999);
    Long first = fields.whole("firstByteMillis", MOST_MILLIS);
    Long last = fields.whole("elapsedMillis", MOST_MILLIS);
    String seconds = fields.text("elapsedSeconds");
    if (last == null && seconds != null) {
      last = Epoch.thousandths(seconds);
    }
    requests.accept(
        new LoggedRequest(
            millis,
            told(fields, "host"),
            query < 0 ? address : address.substring(0, query),
            query < 0 ? null : address.substring(query + 1),
            data,
            status == null ? -1 : status,
            first == null ? -1 : first,
            last == null ? -1 : last,
            new Sender(
                told(fields, "address"),
                told(fields, "userAgent"),
                told(fields, "gpc"),
                told(fields, "dnt")),
            new Location(told(fields, "country"), told(fields, "network"))));
  }

  private static @Nullable String told(JsonFields fields, String name) {
    String text = fields.text(name);
    return text == null || text.isBlank() || text.equals("-") || text.equals("(null)")
        ? null
        : text;
  }
}
