package io.aircheck.testkit;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Opens scripted sources by address and rendition, each time the next of its scripts. */
public final class FakeSources implements MediaSources {

  private static final long AWAIT_NANOS = 60_000_000_000L;

  /** Makes a source, or fails to. */
  @FunctionalInterface
  public interface Script {
    FakeSource open() throws MediaException;
  }

  private final Map<String, List<String>> ladders = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> missing = new ConcurrentHashMap<>();
  private final Map<String, List<Script>> scripts = new ConcurrentHashMap<>();
  private final List<FakeSource> opened = new CopyOnWriteArrayList<>();
  private final Map<String, FakeSource> byName = new ConcurrentHashMap<>();
  private final List<SourceRequest> requests = new CopyOnWriteArrayList<>();

  /** What an address gives at its first opening, its second and so on; the last for ever. */
  public FakeSources on(String uri, Script... inOrder) {
    scripts.put(uri, new ArrayList<>(List.of(inOrder)));
    return this;
  }

  /** Makes an address a ladder; scripts of renditions go by {@code uri#rendition}. */
  public FakeSources ladder(String uri, String... renditions) {
    ladders.put(uri, List.of(renditions));
    return this;
  }

  /** The same for an address that is not there when it is first asked for, so many times. */
  public FakeSources ladderAfter(int failures, String uri, String... renditions) {
    missing.put(uri, new AtomicInteger(failures));
    return ladder(uri, renditions);
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    AtomicInteger left = missing.get(request.uri());
    if (left != null && left.getAndDecrement() > 0) {
      throw new MediaException(
          MediaException.Reason.NOT_FOUND, request.uri() + ": nobody sends it yet");
    }
    return ladders.getOrDefault(request.uri(), List.of());
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    requests.add(request);
    String name = name(request);
    List<Script> left = scripts.get(name);
    if (left == null) {
      throw new MediaException(MediaException.Reason.NOT_FOUND, name + ": no such input");
    }
    Script script;
    synchronized (left) {
      script = left.size() > 1 ? left.removeFirst() : left.getFirst();
    }
    FakeSource source = script.open().from(request.originMicros());
    synchronized (opened) {
      opened.add(source);
      byName.put(name, source);
      opened.notifyAll();
    }
    return source;
  }

  /** Waits until so many sources have been opened. */
  public void awaitOpened(int count) throws InterruptedException {
    long deadline = System.nanoTime() + AWAIT_NANOS;
    synchronized (opened) {
      while (opened.size() < count) {
        long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          throw new AssertionError(opened.size() + " sources were opened, waited for " + count);
        }
        opened.wait(leftMillis);
      }
    }
  }

  /** The source last opened for an address, or for {@code uri#rendition}. */
  public FakeSource opened(String name) {
    FakeSource source = byName.get(name);
    if (source == null) {
      throw new AssertionError(name + " was never opened");
    }
    return source;
  }

  /** How often an address, or {@code uri#rendition}, was asked for. */
  public long openings(String name) {
    return requests.stream().map(FakeSources::name).filter(name::equals).count();
  }

  /** Addresses, and {@code uri#rendition}, that were asked for, each once. */
  public Set<String> names() {
    return requests.stream().map(FakeSources::name).collect(Collectors.toSet());
  }

  private static String name(SourceRequest request) {
    return request.uri() + request.rendition().map(id -> "#" + id).orElse("");
  }

  /** Every source opened so far. */
  public List<FakeSource> opened() {
    return opened;
  }

  /** Every request made so far. */
  public List<SourceRequest> requests() {
    return requests;
  }
}
