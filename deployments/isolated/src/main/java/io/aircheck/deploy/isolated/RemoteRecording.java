package io.aircheck.deploy.isolated;

import io.aircheck.core.media.PacketRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a task in a child keeps of its input: clips are made there and sent here. */
record RemoteRecording(ChildLink link, int task) implements PacketRecording {
  private static final int PATIENCE_SECONDS = 30;

  @Override
  public boolean write(long fromMicros, long toMicros, Path file) throws IOException {
    int request = link.request();
    BlockingQueue<Message.ToParent> answers = link.clip(request, task, fromMicros, toMicros);
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        switch (answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          case Message.ClipPart part -> out.write(part.bytes());
          case Message.ClipEnd end -> {
            if (end.problem().isPresent()) {
              throw new IOException(end.problem().get());
            }
            return end.written();
          }
          case null -> throw new IOException("the clip did not come in time");
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
