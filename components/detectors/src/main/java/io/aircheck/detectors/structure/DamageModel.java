package io.aircheck.detectors.structure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How likely a picture holds burnt-in block damage: a sum of small decision trees over the inputs
 * of {@link GridMemory}, taken through the logistic function.
 *
 * <p>Text form: empty lines and lines that start with {@code #} say nothing. Every other line is a
 * tree of depth three: seven questions {@code INPUT<=THRESHOLD}, the root first and then level by
 * level, and eight values, for the answers from all yes to all no. Immutable.
 */
final class DamageModel {
  private static final int QUESTIONS = 7;
  private static final int VALUES = 8;

  private record Tree(int[] inputs, double[] thresholds, double[] values) {
    double value(double[] input) {
      int node = 0;
      while (node < QUESTIONS) {
        node = 2 * node + (input[inputs[node]] <= thresholds[node] ? 1 : 2);
      }
      return values[node - QUESTIONS];
    }
  }

  private final List<Tree> trees;

  private DamageModel(List<Tree> trees) {
    this.trees = List.copyOf(trees);
  }

  /** The model that comes with this release. */
  static DamageModel trained() {
    try (InputStream text = DamageModel.class.getResourceAsStream("block-damage.model")) {
      if (text == null) {
        throw new IllegalStateException("block-damage.model is missing from the release");
      }
      return read(
          new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8)).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException for a line that is no tree, or names no input
   */
  static DamageModel read(List<String> lines) {
    List<String> names = GridMemory.names();
    List<Tree> trees = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (words[0].isEmpty() || words[0].startsWith("#")) {
        continue;
      }
      if (words.length != QUESTIONS + VALUES) {
        throw new IllegalArgumentException("Not a tree: " + line);
      }
      trees.add(tree(words, names));
    }
    return new DamageModel(trees);
  }

  private static Tree tree(String[] words, List<String> names) {
    int[] inputs = new int[QUESTIONS];
    double[] thresholds = new double[QUESTIONS];
    for (int q = 0; q < QUESTIONS; q++) {
      int sign = words[q].indexOf("<=");
      inputs[q] = sign < 0 ? -1 : names.indexOf(words[q].substring(0, sign));
      if (inputs[q] < 0) {
        throw new IllegalArgumentException("Not a question: " + words[q]);
      }
      thresholds[q] = Double.parseDouble(words[q].substring(sign + 2));
    }
    double[] values = new double[VALUES];
    for (int v = 0; v < VALUES; v++) {
      values[v] = Double.parseDouble(words[QUESTIONS + v]);
    }
    return new Tree(inputs, thresholds, values);
  }

  /** Probability of damage, 0..1, as balanced in training: not the share in real programmes. */
  double probability(double[] inputs) {
    double sum = 0;
    for (Tree tree : trees) {
      sum += tree.value(inputs);
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
