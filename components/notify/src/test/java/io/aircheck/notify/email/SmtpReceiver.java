package io.aircheck.notify.email;

import io.aircheck.testkit.NotifierContract.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server on loopback that behaves as told: as much of RFC 5321 as a client needs. */
final class SmtpReceiver implements AutoCloseable {
  private final Receiver receiver;
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();

  SmtpReceiver(Receiver receiver) throws IOException {
    this.receiver = receiver;
    if (receiver == Receiver.IS_AWAY) {
      server.close();
    } else {
      threads.execute(this::accept);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** What was sent, headers and all. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** What clients said who they are, decoded. */
  List<String> credentials() {
    return List.copyOf(credentials);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> talk(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      if (receiver == Receiver.HANGS) {
        closing.await();
        return;
      }
      while (receiver == Receiver.NEVER_STOPS && closing.getCount() > 0) {
        out.write("220 and so on ".getBytes(StandardCharsets.US_ASCII));
      }
      say(out, "220 mail.test ready");
      String line = in.readLine();
      while (line != null && !line.startsWith("QUIT")) {
        answer(line, in, out);
        line = in.readLine();
      }
      say(out, "221 bye");
    } catch (IOException e) {
      // the client went away
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String line, BufferedReader in, OutputStream out) throws IOException {
    String verb = line.split(" ", 2)[0];
    switch (verb) {
      case "EHLO" -> say(out, "250-mail.test", "250 AUTH PLAIN");
      case "AUTH" -> {
        byte[] decoded = Base64.getDecoder().decode(line.substring("AUTH PLAIN ".length()));
        credentials.add(new String(decoded, StandardCharsets.UTF_8).replace('\0', ' ').strip());
        say(out, "235 welcome");
      }
      case "RCPT" -> {
        switch (receiver) {
          case IS_BUSY -> say(out, "451 try later");
          case REFUSES -> say(out, "550 no such user");
          case ECHOES -> say(out, "550 no such user, " + String.join(" ", credentials));
          default -> say(out, "250 ok");
        }
      }
      case "DATA" -> {
        say(out, "354 go on");
        List<String> lines = new ArrayList<>();
        for (String data = in.readLine(); !data.equals("."); data = in.readLine()) {
          lines.add(data);
        }
        messages.add(String.join("\n", lines));
        say(out, "250 queued");
      }
      default -> say(out, "250 ok");
    }
  }

  private static void say(OutputStream out, String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    server.close();
    threads.shutdownNow();
  }
}
