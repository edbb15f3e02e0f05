package io.aircheck.experience.logs;

import io.aircheck.experience.cmcd.PercentEncoding;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.json.JsonFields;
import io.aircheck.experience.json.JsonRecords;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Akamai DataStream 2 in JSON: an object per line, numbers mostly in quotes. */
public final class AkamaiLog implements LogFormat {
  private static final long MOST_MILLIS = 24 * 3600 * 1000L;

  private final JsonRecords records = new JsonRecords();

  @Override
  public void read(byte[] lines, Consumer<LoggedRequest> requests, Runnable malformed) {
    records.read(lines, fields -> request(fields, requests, malformed), malformed);
  }

  private static void request(
      JsonFields fields, Consumer<LoggedRequest> requests, Runnable malformed) {
    String time = fields.text("reqTimeSec");
    long millis = time == null ? -1 : Epoch.millis(time);
    if (millis < 0) {
      malformed.run();
      return;
    }
    String path = told(fields, "reqPath");
    String data = told(fields, "cmcd");
    Integer status = fields.small("statusCode", 999);
    requests.accept(
        new LoggedRequest(
            millis,
            told(fields, "reqHost"),
            path == null || path.startsWith("/") ? path : "/" + path,
            told(fields, "queryStr"),
            data == null ? List.of() : List.of(PercentEncoding.text(data)),
            status == null ? -1 : status,
            millis(fields, "timeToFirstByte"),
            millis(fields, "downloadTime", "transferTimeMSec"),
            new Sender(told(fields, "cliIP"), userAgent(fields), null, null),
            new Location(told(fields, "country"), told(fields, "asn"))));
  }

  private static @Nullable String userAgent(JsonFields fields) {
    String encoded = told(fields, "UA");
    return encoded == null ? null : PercentEncoding.text(encoded);
  }

  private static long millis(JsonFields fields, String... names) {
    for (String name : names) {
      Long millis = fields.whole(name, MOST_MILLIS);
      if (millis != null) {
        return millis;
      }
    }
    return -1;
  }

  private static @Nullable String told(JsonFields fields, String name) {
    String text = fields.text(name);
    return text == null || text.isBlank() || text.equals("-") || text.equals("^") ? null : text;
  }
}
