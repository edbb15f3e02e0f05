package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.viewer.FactOutlet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files of facts in memory. Thread-safe. */
final class KeptFacts {
  private final Map<String, List<Fact>> made = new HashMap<>();
  private final Map<String, List<Fact>> published = new HashMap<>();

  /** A way to it. */
  FactOutlet outlet() {
    return new FactOutlet() {
      @Override
      public List<File> make(List<Fact> facts) {
        return List.of(KeptFacts.this.make(facts));
      }

      @Override
      public void publish(File file) {
        KeptFacts.this.publish(file);
      }

      @Override
      public void close() {}
    };
  }

  private synchronized FactOutlet.File make(List<Fact> facts) {
    String name = "file" + made.size();
    made.put(name, List.copyOf(facts));
    return new FactOutlet.File(name, name.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void publish(FactOutlet.File file) {
    List<Fact> facts = made.get(new String(file.content(), StandardCharsets.UTF_8));
    if (facts == null) {
      throw new IllegalArgumentException("nobody has made " + file.name());
    }
    published.put(file.name(), facts);
  }

  /** All that is published. */
  synchronized List<Fact> published() {
    List<Fact> all = new ArrayList<>();
    published.values().forEach(all::addAll);
    return all;
  }
}
