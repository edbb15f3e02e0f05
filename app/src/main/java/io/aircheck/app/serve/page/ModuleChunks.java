package io.aircheck.app.serve.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The modules of the page in few files. A browser needs a request for each module, and knows of
 * most only when it has read another; so a module is served together with all that it imports and
 * that no other one needs. What begins a file is the module that starts the page, each one that is
 * loaded when it is wanted, and what several of these share without the first. Every module is in
 * one file only, so that its state is there once.
 */
final class ModuleChunks {
  private final UnaryOperator<String> source;
  private final Map<String, EsModule> modules = new LinkedHashMap<>();

  /** By module: the one that its file begins with, and is named for. */
  private final Map<String, String> heads = new LinkedHashMap<>();

  private ModuleChunks(UnaryOperator<String> source) {
    this.source = source;
  }

  /**
   * Joins modules.
   *
   * @param main address of the module that starts the page
   * @param source text of the module at an address
   * @return texts of the files by their addresses
   * @throws IllegalArgumentException when modules import each other in a circle, one uses what
   *     {@link EsModule} does not read, or one that starts the page is also loaded when it is
   *     wanted
   */
  static Map<String, String> of(String main, UnaryOperator<String> source) {
    ModuleChunks chunks = new ModuleChunks(source);
    chunks.read(main);
    chunks.divide(main);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String head : new LinkedHashSet<>(chunks.heads.values())) {
      texts.put(head, chunks.text(head));
    }
    return texts;
  }

  /** Reads all modules, each one after what it imports. */
  private void read(String main) {
    Deque<String> wanted = new ArrayDeque<>(List.of(main));
    while (!wanted.isEmpty()) {
      read(wanted.remove(), new LinkedHashSet<>(), wanted);
    }
  }

  private void read(String address, Set<String> importers, Deque<String> wanted) {
    if (modules.containsKey(address)) {
      return;
    }
    if (!importers.add(address)) {
      throw new IllegalArgumentException(
          "modules import each other: %s, %s".formatted(String.join(", ", importers), address));
    }
    EsModule module = EsModule.parse(address, source.apply(address));
    for (String imported : module.imports()) {
      read(imported, importers, wanted);
    }
    importers.remove(address);
    wanted.addAll(module.lazy());
    modules.put(address, module);
  }

  /** Finds the file of each module. */
  private void divide(String main) {
    for (String address : reached(main, Set.of())) {
      heads.put(address, main);
    }
    Set<String> first = Set.copyOf(heads.keySet());
    Set<String> others =
        modules.values().stream()
            .flatMap(module -> module.lazy().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String address : others) {
      if (first.contains(address)) {
        throw new IllegalArgumentException(
            "%s is loaded when it is wanted, but also imported".formatted(address));
      }
    }
    for (Optional<String> shared = shared(others, first);
        shared.isPresent();
        shared = shared(others, first)) {
      others.add(shared.get());
    }
    for (String head : others) {
      reached(head, beyond(head, others, first)).forEach(address -> heads.put(address, head));
    }
  }

  /** A module that several files would have, the one that imports the others of them first. */
  private Optional<String> shared(Set<String> begun, Set<String> first) {
    Set<String> once = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    for (String head : begun) {
      for (String address : reached(head, beyond(head, begun, first))) {
        if (!once.add(address)) {
          twice.add(address);
        }
      }
    }
    return modules.keySet().stream().filter(twice::contains).reduce((before, last) -> last);
  }

  /** Where the file of a module ends: at what other files have. */
  private static Set<String> beyond(String head, Set<String> begun, Set<String> first) {
    Set<String> beyond = new LinkedHashSet<>(begun);
    beyond.addAll(first);
    beyond.remove(head);
    return beyond;
  }

  private Set<String> reached(String from, Set<String> beyond) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      String address = open.pop();
      if (!beyond.contains(address) && reached.add(address)) {
        module(address).imports().forEach(open::push);
      }
    }
    return reached;
  }

  private EsModule module(String address) {
    EsModule module = modules.get(address);
    if (module == null) {
      throw new IllegalStateException(address + " was not read");
    }
    return module;
  }

  private String text(String head) {
    List<EsModule> own = new ArrayList<>();
    modules.values().stream()
        .filter(module -> head.equals(heads.get(module.address())))
        .forEach(own::add);
    Map<String, Set<String>> foreign = new LinkedHashMap<>();
    for (EsModule module : own) {
      for (String imported : module.imports()) {
        String file = heads.getOrDefault(imported, imported);
        if (!file.equals(head)) {
          foreign
              .computeIfAbsent(file, key -> new LinkedHashSet<>())
              .add(EsModule.variable(imported));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    foreign.forEach(
        (file, variables) ->
            text.append("import { %s } from \"%s\";\n".formatted(names(variables), file)));
    own.forEach(module -> text.append(module.joined()));
    text.append(
        "export { %s };\n"
            .formatted(
                names(own.stream().map(module -> EsModule.variable(module.address())).toList())));
    if (modules.values().stream().anyMatch(module -> module.lazy().contains(head))) {
      // What loads it wants what it exports itself.
      text.append(
          "export const { %s } = %s;\n"
              .formatted(names(module(head).exports().keySet()), EsModule.variable(head)));
    }
    return text.toString();
  }

  private static String names(Iterable<String> names) {
    return String.join(", ", names);
  }
}
