package io.aircheck.app.serve.viewers;

import io.aircheck.core.copies.Copy;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.report.ViewerReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has reports kept by the copy of the service that has the viewers. Remembers nothing: what that
 * copy has not acknowledged is not acknowledged here. Thread-safe.
 */
public final class ReportPost implements Intake.Keeper {
  /** Where a copy takes what others pass on. */
  public static final String PATH = "/v1/copies/reports";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int KEPT = 204;
  private static final int TOO_MANY = 429;

  private final Supplier<Optional<Copy>> to;
  private final Supplier<Optional<String>> token;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /**
   * @param to the copy that has the viewers; empty: none has, as far as is known
   * @param token that it is shown; empty: it asks for none
   */
  public ReportPost(Supplier<Optional<Copy>> to, Supplier<Optional<String>> token) {
    this.to = to;
    this.token = token;
  }

  @Override
  public @Nullable Answer keep(JournalEntry entry, List<ViewerReport> reports) {
    Optional<Copy> holder = to.get();
    if (holder.isEmpty()) {
      return new Answer.Unavailable("no copy has the viewers yet; try it again in a moment");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(holder.get().address() + PATH))
            .timeout(PATIENCE)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(entry.bytes()));
    token.get().ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    try {
      return answer(
          holder.get(), client.send(request.build(), HttpResponse.BodyHandlers.discarding()));
    } catch (IOException e) {
      return unavailable(holder.get(), "does not answer at " + holder.get().address());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable(holder.get(), "was not waited for");
    }
  }

  private static @Nullable Answer answer(Copy holder, HttpResponse<Void> said) {
    return switch (said.statusCode()) {
      case KEPT -> null;
      case TOO_MANY ->
          new Answer.TooMany(
              said.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(1));
      default -> unavailable(holder, "answers with status " + said.statusCode());
    };
  }

  private static Answer unavailable(Copy holder, String why) {
    return new Answer.Unavailable(
        "the copy %s that has the viewers %s".formatted(holder.id(), why));
  }
}
