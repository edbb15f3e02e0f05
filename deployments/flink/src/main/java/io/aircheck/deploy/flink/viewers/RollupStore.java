package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.RollupSink;
import io.aircheck.core.viewer.RollupWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes sums of windows. A checkpoint waits until all before it are durable; those that are
 * written again after a failure change nothing. While the store is away the job waits, as reports
 * do in Kafka.
 *
 * @param setup says where they go
 */
record RollupStore(ViewerSetup setup) implements Sink<RollupWindow> {
  private static final int MOST_ROWS = 5_000;
  private static final long RETRY_SECONDS = 2;

  /** Then the job says so and begins anew from its checkpoint. */
  private static final int MOST_TRIES = 60;

  @Override
  public SinkWriter<RollupWindow> createWriter(WriterInitContext context) {
    return new Writer(setup.rollups());
  }

  private static final class Writer implements SinkWriter<RollupWindow> {
    private final RollupSink sink;
    private final List<RollupWindow> waiting = new ArrayList<>();
    private int rows;

    Writer(RollupSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(RollupWindow window, Context context)
        throws IOException, InterruptedException {
      waiting.add(window);
      rows += window.rows().size();
      if (rows >= MOST_ROWS) {
        flush(false);
      }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      for (int tries = 1; !waiting.isEmpty(); tries++) {
        try {
          sink.write(waiting);
          waiting.clear();
          rows = 0;
        } catch (IOException e) {
          if (tries >= MOST_TRIES) {
            throw e;
          }
          TimeUnit.SECONDS.sleep(RETRY_SECONDS);
        }
      }
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
