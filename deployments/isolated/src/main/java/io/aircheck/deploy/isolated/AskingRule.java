package io.aircheck.deploy.isolated;

import io.aircheck.core.media.AddressRule;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the parent which addresses are allowed, before each connection: rules change while streams
 * run, and are code. Thread-safe.
 */
final class AskingRule {
  /** Names are looked up for an answer. */
  private static final int PATIENCE_SECONDS = 20;

  private final ChildOutput out;
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Optional<String>>> asked = new ConcurrentHashMap<>();

  AskingRule(ChildOutput out) {
    this.out = out;
  }

  /** The rule of a run, for its stream or for its reference. */
  AddressRule of(int run, boolean reference) {
    return uri -> ask(run, reference, uri);
  }

  private Optional<String> ask(int run, boolean reference, String uri) {
    int request = requests.incrementAndGet();
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    asked.put(request, answer);
    try {
      out.send(new Message.Ask(request, run, reference, uri));
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("stopped while asking whether the address is allowed");
    } catch (TimeoutException | ExecutionException e) {
      return Optional.of("it could not be found out in time whether the address is allowed");
    } finally {
      asked.remove(request);
    }
  }

  /** The parent has answered. */
  void answered(Message.Answer answer) {
    CompletableFuture<Optional<String>> waiting = asked.get(answer.request());
    if (waiting != null) {
      waiting.complete(answer.refusal());
    }
  }
}
