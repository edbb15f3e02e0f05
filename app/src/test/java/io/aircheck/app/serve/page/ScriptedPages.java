package io.aircheck.app.serve.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Pages that embed the script from another origin (the same port by another name), and the place
 * that takes their reports. Loopback only.
 */
final class ScriptedPages implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ViewerReport> reports = new CopyOnWriteArrayList<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final List<Rejection> rejections = new CopyOnWriteArrayList<>();

  /** What a page says of itself when it is left. */
  final CompletableFuture<String> truth = new CompletableFuture<>();

  /** Done when somebody has left. */
  final CompletableFuture<Void> left = new CompletableFuture<>();

  /**
   * Serves a page.
   *
   * @param page HTML, in which SERVICE is the origin of the service
   */
  ScriptedPages(String page) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          boolean known = exchange.getRequestURI().getPath().equals("/");
          String text = page.replace("SERVICE", "http://127.0.0.1:" + port());
          answer(exchange, known ? 200 : 404, "text/html; charset=utf-8", known ? text : "");
        });
    server.createContext(
        "/aircheck.js",
        exchange ->
            answer(
                exchange,
                200,
                ViewerScript.installed().mediaType(),
                new String(ViewerScript.installed().plain(), StandardCharsets.UTF_8)));
    server.createContext("/v1/viewers/reports", this::take);
    server.createContext(
        "/truth",
        exchange -> {
          truth.complete(body(exchange));
          answer(exchange, 200, "text/plain", "");
        });
    server.start();
  }

  /** Address of the page: not the origin of the service. */
  String address() {
    return "http://localhost:" + port() + "/";
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    long received = System.currentTimeMillis();
    exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
    exchange.getResponseHeaders().add("Access-Control-Allow-Headers", "content-type");
    exchange.getResponseHeaders().add("Access-Control-Max-Age", "600");
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("POST")) {
      queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
      read(body, received);
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
    if (new String(body, StandardCharsets.UTF_8).contains("sta=q")) {
      left.complete(null);
    }
  }

  private void read(byte[] body, long received) {
    new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()))
        .read(
            body,
            new Arrival(received, "event", Map.of()),
            new ReportReceiver() {
              @Override
              public void report(ViewerReport report) {
                reports.add(report);
              }

              @Override
              public void rejected(Rejection reason) {
                rejections.add(reason);
              }
            });
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** What came so far, in the order of arrival. */
  List<ViewerReport> reports() {
    return new ArrayList<>(reports);
  }

  List<String> queries() {
    return queries;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
