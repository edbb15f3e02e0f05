package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ViewersCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return AircheckCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fault stall@1+1             | unknown fault stall; did you mean stalls?",
        "--sessions 5 --concurrent 5   | --sessions and --concurrent: give one of them",
        "--sessions 0                  | --sessions is 0, must be from 1",
        "--duration soon               | --duration is soon, must be a length of time",
        "--duration 10ms               | an audience lasts at least a second",
        "--speed 0                     | --speed is 0.0, must be above 0",
        "--connections 0               | --connections is 0, must be from 1",
        "--habit stalsPerHour=3        | unknown habit stalsPerHour; did you mean stallsPerHour?",
        "--habit silent=2              | silent is 2.0, must be from 0 to 1",
        "--network lsot=0.1            | unknown trouble of the network lsot; did you mean lost?",
        "--network lost=7              | --network: lost is 7.0, must be from 0 to 1",
        "--day                         | --day needs --sessions",
        "--contents a\\b              | printable characters without quotes",
        "--to localhost                | --to: localhost is no address",
        "--truth /nowhere/at/all.json  | cannot write the truth",
      })
  void wrongUsage_isOneLineAndStatusTwo(String options, String message) {
    String[] args = ("viewers " + options.strip()).split(" +");

    assertThat(run(args)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).startsWith("aircheck: ").contains(message);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void serviceThatIsNotThere_isStatusThree() throws Exception {
    // A port that is taken, so that nobody else gets it, and at which nobody listens.
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertThat(run("viewers", "--to", "http://127.0.0.1:" + silent.getLocalPort()))
          .isEqualTo(ExitStatus.INPUT);
    }
    assertThat(err.toString()).contains("nothing answers at").contains("--to");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void audience_isSent_andItsTruthIsPrintedAndWritten(@TempDir Path folder) throws Exception {
    AtomicInteger bodies = new AtomicInteger();
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          bodies.addAndGet(exchange.getRequestBody().readAllBytes().length > 0 ? 1 : 0);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    service.start();
    Path file = folder.resolve("truth.json");
    try {
      int status =
          run(
              "viewers",
              "--to=http://127.0.0.1:" + service.getAddress().getPort(),
              "--sessions=20",
              "--duration=40s",
              "--speed=100",
              "--seed=5",
              "--fault=stalls@0+40,cdn=cdn-a",
              "--fault=black@0+40,share=0.01",
              "--habit=silent=0",
              "--truth=" + file);

      assertThat(err.toString()).isEmpty();
      assertThat(status).isEqualTo(ExitStatus.OK);
    } finally {
      service.stop(0);
    }
    assertThat(out.toString()).contains("20 viewers came (seed 5)", "cdn=cdn-a");
    JsonNode truth = new ObjectMapper().readTree(Files.readString(file));
    assertThat(truth.at("/schema").asText()).isEqualTo("aircheck.viewers/1");
    assertThat(truth.at("/viewers").asInt()).isEqualTo(20);
    assertThat(truth.at("/faults/0/times").asDouble()).isEqualTo(20);
    assertThat(truth.at("/faults/0/did").isMissingNode()).isTrue();
    assertThat(truth.at("/faults/1/share").asDouble()).isEqualTo(0.01);
    assertThat(truth.at("/faults/1/did/viewers").asInt()).isBetween(1, 20);
    assertThat(out.toString()).contains("black: ", " left because of it");
    assertThat(truth.at("/reports/accepted").asLong())
        .isEqualTo(truth.at("/total/reports").asLong())
        .isGreaterThanOrEqualTo(bodies.get())
        .isGreaterThan(20);
  }
}
