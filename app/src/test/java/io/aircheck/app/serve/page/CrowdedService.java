package io.aircheck.app.serve.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** An API of many streams without any stream, so that only the page costs time. */
final class CrowdedService implements AutoCloseable {
  private static final Pattern LIBRARY = Pattern.compile("/page/lib/([a-z-]+)/(.+)");
  private static final Pattern STREAM = Pattern.compile("/v1/streams/(channel-\\d+)");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final int streams;
  private final byte[] picture = picture();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final AtomicInteger pictures = new AtomicInteger();
  private volatile int broken = -1;

  CrowdedService(int streams) throws IOException {
    this.streams = streams;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Thumbnails that were asked for. */
  int pictures() {
    return pictures.get();
  }

  /** Puts one stream into error, and says so. */
  void breaks(int number) {
    broken = number;
    tells(number);
  }

  /** Says that a stream has changed. */
  void tells(int number) {
    events.add("event: stream\ndata: {\"id\":\"%s\"}\n\n".formatted(id(number)));
  }

  private static String id(int number) {
    return "channel-" + number;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Matcher stream = STREAM.matcher(path);
      if (path.equals("/v1/events")) {
        tellEvents(exchange);
      } else if (path.endsWith("/thumbnail")) {
        pictures.incrementAndGet();
        send(exchange, "image/jpeg", picture);
      } else if (stream.matches()) {
        send(exchange, stream(Integer.parseInt(stream.group(1).substring("channel-".length()))));
      } else if (path.equals("/v1/streams")) {
        send(exchange, all());
      } else if (path.equals("/v1/levels")) {
        send(exchange, levels());
      } else if (path.startsWith("/v1/incidents")) {
        send(exchange, NODES.objectNode().set("items", NODES.arrayNode()));
      } else {
        file(exchange, path);
      }
    }
  }

  private ObjectNode all() {
    ObjectNode json = NODES.objectNode();
    ArrayNode items = json.putArray("items");
    for (int i = 0; i < streams; i++) {
      items.add(stream(i));
    }
    return json;
  }

  private ObjectNode stream(int number) {
    ObjectNode json = NODES.objectNode();
    json.put("id", id(number)).put("name", "Channel %03d".formatted(number));
    json.put("url", "https://example.org/%d/master.m3u8".formatted(number));
    json.put("policy", "default").put("priority", 50).put("revision", 1).put("state", "watching");
    json.putObject("labels").put("cdn", number % 2 == 0 ? "north" : "south");
    if (number == broken) {
      json.put("severity", "error");
    }
    json.put("incidents", number == broken ? 1 : 0);
    ObjectNode rendition = json.putArray("renditionStates").addObject();
    rendition.put("rendition", "720p").put("state", "watching");
    ArrayNode tracks = rendition.putArray("tracks");
    tracks
        .addObject()
        .put("id", "video:0")
        .put("type", "video")
        .put("width", 1280)
        .put("height", 720);
    tracks.addObject().put("id", "audio:0").put("type", "audio").put("channels", 2);
    return json;
  }

  private ObjectNode levels() {
    ObjectNode json = NODES.objectNode();
    ObjectNode items = json.putObject("items");
    for (int i = 0; i < streams; i++) {
      items.putArray(id(i)).add(-60 + (System.nanoTime() / 1_000_000 + i * 37L) % 60);
    }
    return json;
  }

  private void tellEvents(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write("retry: 500\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      while (true) {
        out.write(events.take().getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void file(HttpExchange exchange, String path) throws IOException {
    Matcher library = LIBRARY.matcher(path);
    String name = path.startsWith("/page/") ? path.substring("/page".length()) : "/index.html";
    String resource =
        library.matches()
            ? libraryFolder(library.group(1)) + library.group(2)
            : "/io/aircheck/app/serve/page" + name;
    try (InputStream in = CrowdedService.class.getResourceAsStream(resource)) {
      if (in == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      send(exchange, type(name), in.readAllBytes());
    }
  }

  private static String libraryFolder(String library) throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        CrowdedService.class.getResourceAsStream(
            "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(library))) {
      properties.load(in);
    }
    return "/META-INF/resources/webjars/%s/%s/%s"
        .formatted(
            library, properties.getProperty("version"), library.equals("uplot") ? "dist/" : "");
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript";
      case "css" -> "text/css";
      case "svg" -> "image/svg+xml";
      default -> "text/html";
    };
  }

  private static void send(HttpExchange exchange, com.fasterxml.jackson.databind.JsonNode json)
      throws IOException {
    send(exchange, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** A picture of the size of a thumbnail, that costs a browser what one costs. */
  private static byte[] picture() {
    BufferedImage image = new BufferedImage(480, 270, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int x = 0; x < 480; x += 8) {
      graphics.setColor(Color.getHSBColor(x / 480f, 0.5f, 0.7f));
      graphics.fillRect(x, 0, 8, 270);
    }
    graphics.dispose();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "jpg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
