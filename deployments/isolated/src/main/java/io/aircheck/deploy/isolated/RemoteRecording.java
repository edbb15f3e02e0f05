package io.aircheck.deploy.isolated;

import io.aircheck.core.media.PacketRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a task in a child keeps of its input: clips are made there and sent here. */
record RemoteRecording(ChildLink link, int task) implements PacketRecording {
  private static final int PATIENCE_SECONDS = 30;

  @Override
  public boolean write(long fromMicros, long toMicros, Path file) throws IOException {
    int request = link.request();
    BlockingQueue<Optional<Message.ToParent>> answers =
        link.ask(request, new Message.Clip(request, task, fromMicros, toMicros));
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        Optional<Message.ToParent> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
          throw new IOException("the clip did not come in time");
        }
        if (answer.isEmpty()) {
          // What the child kept is gone with it.
          return false;
        }
        switch (answer.get()) {
          case Message.ClipPart part -> out.write(part.bytes());
          case Message.ClipEnd end -> {
            if (end.problem().isPresent()) {
              throw new IOException(end.problem().get());
            }
            return end.written();
          }
          default -> throw new IllegalStateException("no part of a clip");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for a clip", e);
    } finally {
      link.forget(request);
    }
  }
}
