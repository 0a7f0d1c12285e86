package com.visiquate.ccproxy.config.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import com.visiquate.ccproxy.config.LogSettings;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/**
 * The three tiers: life cycle on stdout, warnings and errors on stderr, everything in the
 * application log. Without a file, stdout is the application log.
 */
public final class Logs {
  /** Start, stop, reload: what an operator's day consists of. */
  public static final String LIFE_CYCLE = "ccproxy";

  /** One line a request. */
  public static final String ACCESS = "access";

  /** A group of threads of which nothing is written, warnings included. */
  public static final String UNHEARD = "rehearsal";

  /**
   * Warns of each message that was on its way to somebody who ended, so at every clean end; such a
   * message is for nobody, as it is a moment later.
   */
  private static final String CONSUMERS = "io.vertx.core.eventbus.impl.MessageConsumerImpl";

  /**
   * Says with a stack what comes back to whoever asked: one that keeps no answers because of it
   * says so in one line.
   */
  private static final String REDIS = "io.vertx.redis";

  /** It warns of all that goes on between nodes; what matters of it is said by the cluster. */
  private static final String CLUSTERS = "com.hazelcast";

  /** It warns of each message that a node which has just died does not get any more. */
  private static final String BETWEEN_NODES = "io.vertx.core.eventbus.impl.clustered";

  private static final String OWN = "com.visiquate.ccproxy";
  private final LoggerContext context;

  private Logs(LoggerContext context) {
    this.context = context;
  }

  /** Replaces whatever was set up before; fails when the file cannot be written. */
  public static Logs start(LogSettings settings) throws IOException {
    Logs logs = new Logs((LoggerContext) LoggerFactory.getILoggerFactory());
    logs.context.reset();
    // A context that was stopped before writes nothing until it is started again.
    logs.context.start();
    logs.connect(settings);
    logs.level(settings.level());
    logs.logger(CONSUMERS).setLevel(Level.ERROR);
    logs.logger(REDIS).setLevel(Level.OFF);
    logs.logger(CLUSTERS).setLevel(Level.ERROR);
    logs.logger(BETWEEN_NODES).setLevel(Level.ERROR);
    logs.strangers();
    logs.context.addTurboFilter(new PeerTrouble());
    logs.logger(LIFE_CYCLE).setLevel(Level.INFO);
    logs.logger(ACCESS).setLevel(settings.access() ? Level.INFO : Level.OFF);
    return logs;
  }

  private void connect(LogSettings settings) throws IOException {
    Encoder<ILoggingEvent> lines = Lines.of(context, settings.format());
    Appender<ILoggingEvent> stderr = Appenders.stderr(context, lines);
    // First of all, so that it can tell that the file cannot be written.
    attach(Logger.ROOT_LOGGER_NAME, stderr);
    Appender<ILoggingEvent> stdout = Appenders.stdout(context, lines);
    Appender<ILoggingEvent> rest = Appenders.later(context, application(settings));
    attach(Logger.ROOT_LOGGER_NAME, rest);
    attach(LIFE_CYCLE, stderr, stdout);
    logger(LIFE_CYCLE).setAdditive(false);
    if (!settings.file().isEmpty()) {
      attach(LIFE_CYCLE, rest);
    }
  }

  private void strangers() {
    Strangers strangers = new Strangers();
    strangers.setContext(context);
    strangers.start();
    Logger joins = logger(Strangers.LOGGER);
    joins.setLevel(Level.WARN);
    joins.setAdditive(false);
    joins.addAppender(strangers);
  }

  private Appender<ILoggingEvent> application(LogSettings settings) throws IOException {
    Encoder<ILoggingEvent> lines = Lines.of(context, settings.format());
    return settings.file().isEmpty()
        ? Appenders.stdout(context, lines)
        : Appenders.file(context, settings, lines);
  }

  @SafeVarargs
  private void attach(String logger, Appender<ILoggingEvent>... appenders) {
    for (Appender<ILoggingEvent> appender : appenders) {
      logger(logger).addAppender(appender);
    }
  }

  /** Changes how much ccproxy's own loggers say; libraries say warnings, or less. */
  public void level(String level) {
    Level own = Level.toLevel(level);
    logger(OWN).setLevel(own);
    boolean quieter = own.isGreaterOrEqual(Level.WARN);
    logger(Logger.ROOT_LOGGER_NAME).setLevel(quieter ? own : Level.WARN);
  }

  /** Writes what is still queued and closes the file; stopping twice is harmless. */
  public void stop() {
    context.stop();
  }

  private Logger logger(String name) {
    return context.getLogger(name);
  }
}
