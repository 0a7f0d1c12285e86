package com.visiquate.ccproxy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps the errors that the house logs, and keeps them from everybody else. */
public final class LoggedBugs implements AutoCloseable {
  private static final Logger HOUSE = (Logger) LoggerFactory.getLogger("com.visiquate.ccproxy");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  public LoggedBugs() {
    events.start();
    HOUSE.setAdditive(false);
    HOUSE.addAppender(events);
  }

  /** The key-values of each, in the order in which they were logged. */
  public List<String> lines() {
    return List.copyOf(events.list).stream()
        .filter(event -> event.getLevel() == Level.ERROR && event.getThrowableProxy() != null)
        .map(LoggedBugs::keyValues)
        .toList();
  }

  private static String keyValues(ILoggingEvent event) {
    return String.join(
        " ", event.getKeyValuePairs().stream().map(pair -> pair.key + "=" + pair.value).toList());
  }

  @Override
  public void close() {
    HOUSE.detachAppender(events);
    HOUSE.setAdditive(true);
  }
}
