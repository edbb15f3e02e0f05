package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.check.InputExpansion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An input and the reference that it is compared with.
 *
 * @param input file or address
 * @param reference a second point of the same programme, or empty
 */
record NamedInput(String input, Optional<String> reference) {

  /**
   * The inputs of a command: those of the command line, each by its name in the configuration file
   * or by its address, or else all streams of the file.
   *
   * @param reference of the command line; wins over the file's
   * @throws UsageException when neither names an input
   */
  static List<NamedInput> of(
      List<String> arguments, @Nullable String reference, Map<String, StreamEntry> streams) {
    if (arguments.isEmpty() && streams.isEmpty()) {
      throw new UsageException(
          "there is no INPUT; name one, or give a file with streams by --config");
    }
    List<NamedInput> inputs = new ArrayList<>();
    for (String name : arguments.isEmpty() ? streams.keySet() : arguments) {
      StreamEntry stream = find(name, streams);
      String input = stream == null || stream.input() == null ? name : stream.input();
      String other = reference != null || stream == null ? reference : stream.reference();
      inputs.add(new NamedInput(input, Optional.ofNullable(other)));
    }
    return inputs;
  }

  private static @Nullable StreamEntry find(String name, Map<String, StreamEntry> streams) {
    StreamEntry named = streams.get(name);
    if (named != null) {
      return named;
    }
    return streams.values().stream()
        .filter(stream -> name.equals(stream.input()))
        .findFirst()
        .orElse(null);
  }

  /**
   * The files and addresses that are meant by it, each with the reference.
   *
   * @throws UsageException when a folder cannot be read or holds no media
   */
  List<NamedInput> expanded() {
    try {
      return InputExpansion.expand(List.of(input)).stream()
          .map(file -> new NamedInput(file, reference))
          .toList();
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
