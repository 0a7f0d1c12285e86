package com.visiquate.ccproxy.config;

/**
 * The application log; see docs/operations for the three tiers.
 *
 * @param level TRACE, DEBUG, INFO, WARN or ERROR, for ccproxy's own loggers
 * @param format {@code text} or {@code json}
 * @param file path of the rotating application log; empty for none
 * @param maxSize of one file, in bytes
 * @param maxDays age after which a rotated file is deleted
 * @param totalSize of all rotated files together, in bytes
 * @param access whether each request gets its line
 */
public record LogSettings(
    String level,
    String format,
    String file,
    long maxSize,
    int maxDays,
    long totalSize,
    boolean access) {
  public static final LogSettings DEFAULT =
      new LogSettings("INFO", "text", "", 50L << 20, 14, 1L << 30, true);

  /** The same at another level. */
  public LogSettings at(String otherLevel) {
    return new LogSettings(otherLevel, format, file, maxSize, maxDays, totalSize, access);
  }
}
