package io.aircheck.deploy.flink;

import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a task in a job keeps of its input: stays with the worker, who is asked when somebody wants
 * to see it. Thread-safe; as long as the desk is open.
 *
 * @param task of the stream, as reports call it
 */
record JobFootage(ErrandBoard board, String stream, String task)
    implements PacketRecording, RequestLog {

  @Override
  public boolean write(long fromMicros, long toMicros, Path file) throws IOException {
    return board.clip(stream, task, fromMicros, toMicros, file);
  }

  @Override
  public List<Exchange> latest() {
    return board.requests(stream, task);
  }
}
