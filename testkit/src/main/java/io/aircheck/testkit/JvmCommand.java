package io.aircheck.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a process with this one's JDK and class path, that may be killed. */
public final class JvmCommand {
  private JvmCommand() {}

  /**
   * Runs a class.
   *
   * @param options further options of the JVM
   */
  public static List<String> of(List<String> options, Class<?> main, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--add-modules");
    words.add("jdk.incubator.vector");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.addAll(options);
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(main.getName());
    words.addAll(arguments);
    return words;
  }
}
