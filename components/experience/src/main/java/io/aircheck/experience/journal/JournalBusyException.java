package io.aircheck.experience.journal;

import java.io.IOException;

/** More waits to be written than may: the disk is slower than what comes. */
public final class JournalBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalBusyException(long bytes) {
    super("%d bytes wait to be written already".formatted(bytes));
  }
}
