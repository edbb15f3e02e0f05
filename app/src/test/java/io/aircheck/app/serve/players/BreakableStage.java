package io.aircheck.app.serve.players;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the page of a viewing, the players, and media, which each viewing has to itself and which
 * can be broken for it. Loopback only, of another origin than the service.
 */
final class BreakableStage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Delivery> WAITS = EnumSet.of(Delivery.HELD);
  private static final Set<Delivery> FILM_WAITS = EnumSet.of(Delivery.HELD, Delivery.REFUSED);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path media;
  private final String service;
  private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
  private final ToldTruths truths = new ToldTruths();

  /** What becomes of requests for media. */
  enum Delivery {
    SOUND,
    /** They wait until it is otherwise; a film stops on its way. */
    HELD,
    /** Segments are answered with 503; the connection of a film is cut, and others wait. */
    REFUSED,
    /** Everything is answered with 404. */
    MISSING
  }

  /**
   * @param media folder of the ladder
   * @param service origin of the service
   */
  BreakableStage(Path media, String service) throws IOException {
    this.media = media;
    this.service = service;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::page);
    server.createContext("/media/", this::media);
    server.createContext("/truth/", this::truth);
    server.start();
  }

  /**
   * Address of the page of a viewing.
   *
   * @param player as the page knows it
   * @param file of the media
   * @param prompt whether it is to be played at once, rather than when the viewer asks for it
   */
  String page(String viewing, String player, String file, boolean prompt) {
    return "http://localhost:%d/viewing.html?player=%s&content=%s&address=/media/%s/%s%s"
        .formatted(
            server.getAddress().getPort(), player, viewing, viewing, file, prompt ? "&prompt" : "");
  }

  /** From now on the media of a viewing are delivered so. */
  synchronized void deliver(String viewing, Delivery delivery) {
    deliveries.put(viewing, delivery);
    notifyAll();
  }

  private synchronized Delivery awaitOtherThan(Set<Delivery> unwanted, String viewing)
      throws InterruptedException {
    while (unwanted.contains(deliveries.getOrDefault(viewing, Delivery.SOUND))) {
      wait();
    }
    return deliveries.getOrDefault(viewing, Delivery.SOUND);
  }

  private void page(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    if (PlayerPackages.isScript(name)) {
      answer(exchange, 200, "text/javascript", PlayerPackages.script(name));
    } else if (name.equals("viewing.js")) {
      answer(exchange, 200, "text/javascript", resource(name));
    } else if (name.equals("viewing.html")) {
      String page = new String(resource(name), StandardCharsets.UTF_8).replace("SERVICE", service);
      answer(exchange, 200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    } else {
      answer(exchange, 404, "text/plain", new byte[0]);
    }
  }

  private void truth(HttpExchange exchange) throws IOException {
    String viewing = exchange.getRequestURI().getPath().substring("/truth/".length());
    truths.told(viewing, JSON.readTree(exchange.getRequestBody()));
    answer(exchange, 204, "text/plain", new byte[0]);
  }

  /** What the pages tell of what they see. */
  ToldTruths truths() {
    return truths;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = BreakableStage.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private void media(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().substring("/media/".length()).split("/", 2);
    String viewing = path[0];
    Path file = media.resolve(path[1]).normalize();
    boolean segment = path[1].endsWith(".ts") || path[1].endsWith(".m4s");
    boolean film = path[1].endsWith(".mp4");
    try {
      Delivery delivery = awaitOtherThan(film ? FILM_WAITS : WAITS, viewing);
      if (delivery == Delivery.MISSING || !file.startsWith(media) || !Files.isRegularFile(file)) {
        answer(exchange, 404, "text/plain", new byte[0]);
      } else if (delivery == Delivery.REFUSED && segment) {
        answer(exchange, 503, "text/plain", new byte[0]);
      } else if (film) {
        new FilmDelivery(file, () -> awaitOtherThan(WAITS, viewing)).send(exchange);
      } else {
        answer(exchange, 200, type(path[1]), Files.readAllBytes(file));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "ts" -> "video/mp2t";
      case "m4s" -> "video/mp4";
      case "mpd" -> "application/dash+xml";
      default -> "application/vnd.apple.mpegurl";
    };
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
