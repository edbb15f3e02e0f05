package io.aircheck.app.serve.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A module of the page's script, taken apart so that it can stand in one file with others: there it
 * is a function of its own, whose result are its exports.
 *
 * <p>What of the syntax is read is what the page and its libraries use: imports and exports by name
 * or as default, not {@code *} and not of a {@code let}, whose later values a copy would not have.
 *
 * @param address such as {@code /page/kit/api.js}
 * @param imports addresses of what it needs, in their order
 * @param lazy addresses of what it loads when it is wanted, by {@code import(...)}
 * @param exports names, and what they stand for inside
 * @param body the rest; what is imported is taken from {@link #variable variables}
 */
record EsModule(
    String address,
    Set<String> imports,
    Set<String> lazy,
    Map<String, String> exports,
    String body) {
  private static final String NAMES = "\\{([^}]*)\\}";
  private static final String FROM = "\\s*from\\s*\"([^\"]+)\"";

  // Statements begin a line, or follow another one where line breaks were taken out. That is looked
  // at after the word was found: looking back at every character would take the longest of all.
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)import(?<=(?:^|[;}/])import)(?:\\s+(\\w+)|\\s*" + NAMES + ")" + FROM + ";?");
  private static final Pattern EXPORTED_LIST =
      Pattern.compile("(?m)export(?<=(?:^|[;}/])export)\\s*" + NAMES + "(?:" + FROM + ")?;?");
  private static final Pattern EXPORTED_DECLARATION =
      Pattern.compile("(?m)export (?<=^export )((?:const|class|function|async function) (\\w+))");
  private static final Pattern LAZY = Pattern.compile("import\\(\"([^\"]+)\"\\)");
  private static final Pattern SOURCE_MAP = Pattern.compile("//# sourceMappingURL=.*");
  private static final Pattern NOT_READ =
      Pattern.compile("(?m)^[ \t]*(?:import|export)\\b(?!\\().*$");

  /**
   * Reads a module.
   *
   * @throws IllegalArgumentException when it uses more of the syntax than is read here
   */
  static EsModule parse(String address, String text) {
    Set<String> imports = new LinkedHashSet<>();
    Map<String, String> exports = new LinkedHashMap<>();
    String body = SOURCE_MAP.matcher(text).replaceAll("");
    body =
        replace(
            IMPORT,
            body,
            found -> {
              String from = resolve(address, found.group(3));
              imports.add(from);
              String names =
                  found.group(1) != null
                      ? "default: " + found.group(1)
                      : found.group(2).replace(" as ", ": ").strip();
              return "const { %s } = %s;".formatted(names, variable(from));
            });
    body =
        replace(
            EXPORTED_LIST,
            body,
            found -> {
              String owner = "";
              if (found.group(2) != null) {
                String from = resolve(address, found.group(2));
                imports.add(from);
                owner = variable(from) + ".";
              }
              for (String name : found.group(1).split(",")) {
                List<String> inAndOut = Arrays.asList(name.strip().split("\\s+as\\s+"));
                exports.put(inAndOut.getLast(), owner + inAndOut.getFirst());
              }
              return "";
            });
    body =
        replace(
            EXPORTED_DECLARATION,
            body,
            found -> {
              exports.put(found.group(2), found.group(2));
              return found.group(1);
            });
    Matcher notRead = NOT_READ.matcher(body);
    if (notRead.find()) {
      throw new IllegalArgumentException(
          "%s: cannot be joined with others for \"%s\""
              .formatted(address, notRead.group().strip()));
    }
    return new EsModule(address, imports, lazy(address, body), exports, body.strip());
  }

  private static Set<String> lazy(String address, String body) {
    return LAZY.matcher(body)
        .results()
        .map(found -> resolve(address, found.group(1)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String resolve(String address, String reference) {
    return URI.create(address).resolve(reference).getPath();
  }

  @FunctionalInterface
  private interface Replacement {
    String of(MatchResult found);
  }

  private static String replace(Pattern pattern, String text, Replacement replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.of(found)));
  }

  /** The variable that has the exports of a module, where modules stand in one file. */
  static String variable(String address) {
    return "$"
        + address.replaceFirst("^/page/", "").replaceFirst("\\.js$", "").replaceAll("\\W", "_");
  }

  /** The module as a function that is called at once, and its exports in a variable. */
  String joined() {
    List<String> returned = new ArrayList<>();
    exports.forEach(
        (name, inside) -> returned.add(name.equals(inside) ? name : name + ": " + inside));
    return """
    // %s
    const %s = (() => {
    %s
    return { %s };
    })();
    """
        .formatted(address, variable(address), body, String.join(", ", returned));
  }
}
