package io.aircheck.benchmarks.deployments;

import io.aircheck.app.Main;
import io.aircheck.testkit.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A copy of the service, as {@code serve} starts it, in a process of its own. */
final class CopyProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final URI address;

  private CopyProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one, and waits until it listens.
   *
   * @param data its data folder; what it says goes to the file beside it
   */
  static CopyProcess start(Path config, Path data) throws IOException {
    Path log = Path.of(data + ".log");
    List<String> command =
        JvmCommand.of(
            List.of("-XX:+UseSerialGC"),
            Main.class,
            List.of(
                "serve", "--config", config.toString(), "--data", data.toString(), "--port", "0"));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return new CopyProcess(process, URI.create(listening.group(1)));
      }
    }
    process.destroyForcibly();
    throw new IOException("a copy has ended before it listened; its last words are in " + log);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Asks its API.
   *
   * @return the answer, when it was a good one
   */
  String ask(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    try {
      HttpResponse<String> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() / 100 != 2) {
        throw new IOException(
            "%s %s: %d %s".formatted(method, path, response.statusCode(), response.body()));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** At once: nobody is to take its streams any more. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
