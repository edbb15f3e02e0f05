package io.aircheck.app.serve.viewers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.UnmonitoredSettings;
import io.aircheck.app.serve.streams.StreamChanges;
import io.aircheck.app.serve.streams.StreamConflictException;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.streams.WatchedStream.Origin;
import io.aircheck.core.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Streams that are watched because viewers watch them: added as over the API, with a label that
 * says so, and taken away when nobody watches them any more. Without that label a stream is
 * somebody's own, and stays. Not thread-safe.
 */
final class ViewedStreams {
  /** Label that says who has added a stream. */
  static final String ADDED_BY = "addedBy";

  /** Its value. */
  static final String VIEWERS = "viewers";

  private static final String ID_PREFIX = "viewed-";
  private static final int MAX_PLAIN = 60;

  private final UnmonitoredSettings.Watch how;
  private final StreamRegistry registry;
  private final StreamChanges changes;
  private final Consumer<String> log;

  /** When each of them was last seen to be watched, by id. */
  private final Map<String, Long> watchedMillis = new HashMap<>();

  /**
   * @param log told one line about each stream that comes and goes
   */
  ViewedStreams(
      UnmonitoredSettings.Watch how,
      StreamRegistry registry,
      StreamChanges changes,
      Consumer<String> log) {
    this.how = how;
    this.registry = registry;
    this.changes = changes;
    this.log = log;
  }

  /**
   * Watches a content from now on.
   *
   * @return why that is not possible; empty: it is watched
   */
  Optional<String> add(String content) {
    if (own().size() >= how.mostStreams()) {
      return Optional.of(
          "no more than %d are watched for viewers (viewers.unmonitored.watch.mostStreams)"
              .formatted(how.mostStreams()));
    }
    Optional<String> url = how.url().of(content);
    if (url.isEmpty()) {
      return Optional.of("its id is not put into addresses");
    }
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("id", id(content)).put("url", url.get()).put("name", content);
    settings.put("policy", how.policy());
    settings.putObject("labels").put(Programmes.CONTENT, content).put(ADDED_BY, VIEWERS);
    try {
      WatchedStream added = changes.add(settings);
      log.accept("stream %s is watched, since viewers watch it".formatted(added.id()));
      return Optional.empty();
    } catch (SettingsException | StreamConflictException | StoreException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Takes away what nobody has watched for long enough.
   *
   * @param watching sessions by content
   */
  void leave(long nowMillis, Map<String, Long> watching) {
    List<WatchedStream> own = own();
    watchedMillis.keySet().retainAll(own.stream().map(WatchedStream::id).toList());
    for (WatchedStream stream : own) {
      boolean watched = watching.getOrDefault(Programmes.content(stream), 0L) > 0;
      long last = watchedMillis.getOrDefault(stream.id(), nowMillis);
      if (watched || nowMillis - last < how.leaveAfter().toMillis()) {
        watchedMillis.put(stream.id(), watched ? nowMillis : last);
      } else {
        leave(stream);
      }
    }
  }

  private void leave(WatchedStream stream) {
    try {
      // Somebody may have made it their own a moment ago.
      changes.remove(stream.id(), OptionalLong.of(stream.revision()));
      log.accept("stream %s is not watched any more, since nobody does".formatted(stream.id()));
    } catch (StreamConflictException e) {
      log.accept(String.valueOf(e.getMessage()));
    }
  }

  private List<WatchedStream> own() {
    return registry.list().stream()
        .filter(stream -> stream.origin() == Origin.API)
        .filter(stream -> VIEWERS.equals(stream.settings().labels().get(ADDED_BY)))
        .toList();
  }

  /** The same for the same content; what is not plain in it is told apart by a hash. */
  private static String id(String content) {
    String plain = content.replaceAll("[^A-Za-z0-9._-]+", "-");
    String part = plain.substring(0, Math.min(MAX_PLAIN, plain.length()));
    return part.equals(content)
        ? ID_PREFIX + part
        : ID_PREFIX + part + "-" + Integer.toHexString(content.hashCode());
  }
}
