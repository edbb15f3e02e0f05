package io.aircheck.app.serve.connectors;

import io.aircheck.experience.feed.SessionNews;
import io.aircheck.experience.feed.SumRow;
import io.aircheck.notify.export.Receipt;
import java.util.List;
import java.util.function.Supplier;

/** Puts into another system's words what it is told. Used by one thread. */
interface Outlet extends AutoCloseable {

  /**
   * A delivery.
   *
   * @param size parts of it
   * @param attempt hands it over; the same at every attempt
   */
  record Parcel(int size, Supplier<Receipt> attempt) {}

  /** Rows of one window. */
  Parcel sums(List<SumRow> rows);

  /** News of sessions. */
  Parcel sessions(List<SessionNews> news);

  @Override
  void close();
}
