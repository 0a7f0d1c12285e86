package com.visiquate.ccproxy.config.logs;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import com.visiquate.ccproxy.config.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

/** Where lines go. */
final class Appenders {
  private static final int QUEUE = 8_192;
  private static final int FLUSH_MILLIS = 2_000;

  private Appenders() {}

  /** Warnings and errors. */
  static Appender<ILoggingEvent> stderr(LoggerContext context, Encoder<ILoggingEvent> lines) {
    ThresholdFilter warnings = new ThresholdFilter();
    warnings.setLevel(Level.WARN.toString());
    warnings.start();
    return console(context, "System.err", lines, warnings);
  }

  /** What is no warning, so that no line comes twice on a terminal. */
  static Appender<ILoggingEvent> stdout(LoggerContext context, Encoder<ILoggingEvent> lines) {
    Filter<ILoggingEvent> calm = new BelowWarnings();
    calm.start();
    return console(context, "System.out", lines, calm);
  }

  private static Appender<ILoggingEvent> console(
      LoggerContext context,
      String target,
      Encoder<ILoggingEvent> lines,
      Filter<ILoggingEvent> filter) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget(target);
    console.setEncoder(lines);
    console.addFilter(heard());
    console.addFilter(filter);
    console.start();
    return console;
  }

  /** The rotating application log. */
  static Appender<ILoggingEvent> file(
      LoggerContext context, LogSettings settings, Encoder<ILoggingEvent> lines)
      throws IOException {
    Path path = Path.of(settings.file()).toAbsolutePath();
    Files.createDirectories(path.resolveSibling("."));
    OldLogs.delete(path, settings.maxDays(), LocalDate.now(ZoneId.systemDefault()));
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setFile(path.toString());
    file.setEncoder(lines);
    file.setRollingPolicy(rotation(context, settings, file, path));
    file.start();
    if (!file.isStarted()) {
      throw new IOException("cannot write to the log file " + path);
    }
    return file;
  }

  private static SizeAndTimeBasedRollingPolicy<ILoggingEvent> rotation(
      LoggerContext context,
      LogSettings settings,
      RollingFileAppender<ILoggingEvent> file,
      Path path) {
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rotation = new SizeAndTimeBasedRollingPolicy<>();
    rotation.setContext(context);
    rotation.setParent(file);
    rotation.setFileNamePattern(path + ".%d{yyyy-MM-dd}.%i.gz");
    // Logback would write nothing at all if one file might be larger than all of them.
    rotation.setMaxFileSize(new FileSize(Math.min(settings.maxSize(), settings.totalSize())));
    rotation.setMaxHistory(settings.maxDays());
    rotation.setTotalSizeCap(new FileSize(settings.totalSize()));
    rotation.setCleanHistoryOnStart(true);
    rotation.start();
    return rotation;
  }

  /** Writes on a thread of its own; an event loop never waits for a disk: it loses lines first. */
  static Appender<ILoggingEvent> later(LoggerContext context, Appender<ILoggingEvent> slow) {
    AsyncAppender later = new AsyncAppender();
    later.setContext(context);
    later.setQueueSize(QUEUE);
    later.setNeverBlock(true);
    later.setMaxFlushTime(FLUSH_MILLIS);
    later.addFilter(heard());
    later.addAppender(slow);
    later.start();
    return later;
  }

  /** Asked on the thread that logs. */
  private static Filter<ILoggingEvent> heard() {
    Filter<ILoggingEvent> heard = new Heard();
    heard.start();
    return heard;
  }

  private static final class Heard extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      ThreadGroup group = Thread.currentThread().getThreadGroup();
      boolean unheard = group != null && group.getName().equals(Logs.UNHEARD);
      return unheard ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
  }

  private static final class BelowWarnings extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      return event.getLevel().isGreaterOrEqual(Level.WARN) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
  }
}
