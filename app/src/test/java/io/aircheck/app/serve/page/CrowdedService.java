package io.aircheck.app.serve.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * The page's real files, and an API of many streams without any stream, so that only the page costs
 * time.
 */
final class CrowdedService implements AutoCloseable {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final int streams;
  private final byte[] picture = picture();
  private final PageFiles files = PageFiles.installed();
  private final WebServer server;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final AtomicInteger pictures = new AtomicInteger();
  private volatile int broken = -1;

  CrowdedService(int streams) {
    this.streams = streams;
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.get("/v1/events", (request, response) -> tellEvents(response));
    routing.get("/v1/streams", (request, response) -> send(response, all()));
    routing.get(
        "/v1/streams/{id}",
        (request, response) ->
            send(response, stream(numberOf(request.path().pathParameters().get("id")))));
    routing.get(
        "/v1/streams/{id}/thumbnail",
        (request, response) -> {
          pictures.incrementAndGet();
          send(response, "image/jpeg", picture);
        });
    routing.get("/v1/levels", (request, response) -> send(response, levels()));
    routing.get(
        "/v1/incidents",
        (request, response) -> send(response, NODES.objectNode().set("items", NODES.arrayNode())));
    routing.get("/page/{+path}", (request, response) -> file(response, request.path().path()));
    routing.get("/", (request, response) -> file(response, PageFiles.DOCUMENT));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofMillis(200))
            .routing(routing)
            .build()
            .start();
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
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

  private static int numberOf(String id) {
    return Integer.parseInt(id.substring("channel-".length()));
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

  private void tellEvents(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    try (OutputStream out = response.outputStream()) {
      out.write("retry: 500\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      while (true) {
        out.write(events.take().getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException | UncheckedIOException e) {
      // The page is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void file(ServerResponse response, String address) {
    PageFile file = files.find(address).orElseThrow();
    response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    send(response, file.mediaType(), file.compressed());
  }

  private static void send(ServerResponse response, JsonNode json) {
    send(response, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(ServerResponse response, String type, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.send(body);
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
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
