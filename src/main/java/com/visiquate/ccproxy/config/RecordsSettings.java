package com.visiquate.ccproxy.config;

import java.time.Duration;

/**
 * Whether and where a record of each request is kept.
 *
 * @param file of an SQLite database; empty for none
 * @param url of a PostgreSQL database, {@code postgresql://user:password@host:port/database}; empty
 *     for none
 * @param node the name of this gateway in its records
 * @param spool folder of what is not in the database yet; empty for one beside the file
 * @param spoolSize most that waits there, in bytes
 * @param keep age after which a record is deleted; zero keeps all. Totals stay.
 * @param maxSize of all records in the database, in bytes; 0 for no bound
 * @param lines path of a rotating file that gets each record as a line of JSON besides; empty for
 *     none
 */
public record RecordsSettings(
    String file,
    String url,
    String node,
    String spool,
    long spoolSize,
    Duration keep,
    long maxSize,
    String lines) {
  /** No records. */
  public static final RecordsSettings OFF =
      new RecordsSettings("", "", "ccproxy", "", 256L << 20, Duration.ofDays(90), 0, "");

  public boolean isOn() {
    return !file.isEmpty() || !url.isEmpty();
  }

  /** Where the spool is. */
  public String spoolFolder() {
    if (!spool.isEmpty()) {
      return spool;
    }
    return file.isEmpty() ? "ccproxy-records.spool" : file + ".spool";
  }

  /** In an SQLite database. */
  public RecordsSettings inFile(String path) {
    return new RecordsSettings(path, "", node, spool, spoolSize, keep, maxSize, lines);
  }

  /** In a PostgreSQL database. */
  public RecordsSettings at(String address) {
    return new RecordsSettings("", address, node, spool, spoolSize, keep, maxSize, lines);
  }
}
