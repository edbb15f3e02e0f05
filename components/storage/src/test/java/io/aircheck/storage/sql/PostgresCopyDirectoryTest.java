package io.aircheck.storage.sql;

import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.testkit.CopyDirectoryContract;
import io.aircheck.testkit.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on a real PostgreSQL, where two connections stand for two processes. */
@Tag("slow")
class PostgresCopyDirectoryTest extends CopyDirectoryContract {
  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer(20);

  private static int databases;

  private String database = "";

  @Override
  protected CopyDirectory open() {
    database = "copies" + ++databases;
    SERVER.create(database);
    return openAgain();
  }

  @Override
  protected CopyDirectory openAgain() {
    return new PostgresCopies(SERVER.address(database), PostgresServer.USER, "").directory();
  }

  /** Nobody can set the clock of the server: all leases end earlier instead. */
  @Override
  protected void pass(Duration time) {
    String earlier = " SET until_millis = until_millis - " + time.toMillis();
    SERVER.execute(database, "UPDATE copy" + earlier);
    SERVER.execute(database, "UPDATE copy_lead" + earlier);
  }
}
