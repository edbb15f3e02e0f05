package io.aircheck.app.serve.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.PathMatchers.PrefixMatchResult;
import io.helidon.http.RoutedPath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A path with names in place of some of its parts, such as <code>/v1/viewers/sessions/{id}</code>.
 * Parts are told apart before they are decoded, so that a value may have an encoded slash in it or
 * be {@code %2E%2E}: others make up ids. Immutable.
 */
final class PathTemplate implements PathMatcher {
  /** What they mean to an address, unless they are encoded. */
  private static final Set<String> STEPS = Set.of("", ".", "..");

  private final List<String> parts;

  PathTemplate(String template) {
    this.parts = parts(template);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  @Override
  public MatchResult match(UriPath path) {
    List<String> given = parts(path.rawPath());
    if (given.size() != parts.size()) {
      return MatchResult.notAccepted();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.startsWith("{") && !STEPS.contains(given.get(i))) {
        values.put(part.substring(1, part.length() - 1), decoded(given.get(i)));
      } else if (!part.equals(given.get(i))) {
        return MatchResult.notAccepted();
      }
    }
    return new MatchResult(
        true, new Matched(path, Parameters.createSingleValueMap("http/path", values)));
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the address has a % that is not followed by two digits");
    }
  }

  @Override
  public PrefixMatchResult prefixMatch(UriPath path) {
    return PrefixMatchResult.notAccepted();
  }

  /** A path and the values of the names. */
  private record Matched(UriPath whole, Parameters pathParameters) implements RoutedPath {
    @Override
    public RoutedPath absolute() {
      return new Matched(whole.absolute(), pathParameters);
    }

    @Override
    public String rawPath() {
      return whole.rawPath();
    }

    @Override
    public String rawPathNoParams() {
      return whole.rawPathNoParams();
    }

    @Override
    public String path() {
      return whole.path();
    }

    @Override
    public Parameters matrixParameters() {
      return whole.matrixParameters();
    }

    @Override
    public void validate() {
      whole.validate();
    }
  }
}
