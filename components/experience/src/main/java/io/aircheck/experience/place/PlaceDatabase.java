package io.aircheck.experience.place;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import io.aircheck.experience.intake.Locator.Location;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A database as its file was when it was read. Thread-safe.
 *
 * <p>It is held in memory and not mapped: a file that somebody writes over would change below a
 * mapping, and one that becomes shorter would end look-ups with an error of the machine. What is
 * remembered of look-ups are records by their place in the file, none by an address.
 */
final class PlaceDatabase {
  /** Records that are looked through for one that says where it is. */
  private static final int LOOKED_THROUGH = 10_000;

  private final Reader reader;
  private final boolean ofIpv4;
  private volatile boolean damaged;

  private PlaceDatabase(Reader reader) {
    this.reader = reader;
    this.ofIpv4 = reader.getMetadata().ipVersion() == 4;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it is none that says where addresses are; the message names the file
   *     and what to do
   */
  static PlaceDatabase read(Path file) throws IOException {
    return open(file, FileMode.MEMORY);
  }

  /**
   * Looks whether a file can be read, without holding it in memory.
   *
   * @throws IOException as {@link #read} does
   */
  static void check(Path file) throws IOException {
    open(file, FileMode.MEMORY_MAPPED).reader.close();
  }

  private static PlaceDatabase open(Path file, FileMode mode) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not there; it must be a file of a database (.mmdb)");
    }
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read; let the user of the service read it");
    }
    PlaceDatabase database;
    boolean useful;
    try {
      database = new PlaceDatabase(new Reader(file.toFile(), mode, new CHMCache()));
      useful = database.saysAnything();
    } catch (IOException | InvalidNetworkException | RuntimeException e) {
      throw new IOException(
          file + " is no database in the MaxMind DB format (.mmdb), or damaged; fetch it again", e);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          "%s does not fit into memory (%d MB); name a smaller one, such as one of countries, or give the service more"
              .formatted(file, Files.size(file) / 1_000_000),
          e);
    }
    if (!useful) {
      throw new IOException(
          "%s (%s) has neither countries nor networks; name one that has, such as a database of cities, countries or autonomous systems"
              .formatted(file, database.reader.getMetadata().databaseType()));
    }
    return database;
  }

  private boolean saysAnything() throws IOException, InvalidNetworkException {
    Networks<PlaceRecord> networks = reader.networks(PlaceRecord.class);
    for (int i = 0; i < LOOKED_THROUGH && networks.hasNext(); i++) {
      PlaceRecord record = networks.next().data();
      if (record != null && !record.location(false).equals(Location.UNKNOWN)) {
        return true;
      }
    }
    return false;
  }

  /** When its vendor made it. */
  Instant made() {
    return reader.getMetadata().buildTime();
  }

  /**
   * Looks an address up.
   *
   * @param regions whether its region is wanted
   * @return not known, too, where the database is damaged
   */
  Location locate(InetAddress address, boolean regions) {
    if (ofIpv4 && address instanceof Inet6Address) {
      return Location.UNKNOWN;
    }
    try {
      PlaceRecord record = reader.get(address, PlaceRecord.class);
      return record == null ? Location.UNKNOWN : record.location(regions);
    } catch (IOException | RuntimeException e) {
      damaged = true;
      return Location.UNKNOWN;
    }
  }

  /** Whether a look-up has met something that cannot be read. */
  boolean isDamaged() {
    return damaged;
  }
}
