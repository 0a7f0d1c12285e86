package com.visiquate.ccproxy.config.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps quiet what Vert.x says of each connection that a peer has broken: whoever uses the
 * connection tells what that means, and a peer that tries again every second would fill a disk. Of
 * failed TLS it says once why.
 */
final class PeerTrouble extends TurboFilter {
  private static final String CONNECTIONS = "io.vertx.core.net.impl.ConnectionBase";
  private static final String CONTEXTS = "io.vertx.core.impl.ContextImpl";
  private static final String BUS = "io.vertx.core.eventbus.impl.clustered.";

  private static final String TWICE = "Promise already completed";
  private static final String TLS = "javax.net.ssl.";
  private static final Pattern ENDS =
      Pattern.compile("Connection (reset|timed out)( by peer)?|Broken pipe");

  private final AtomicBoolean told = new AtomicBoolean();

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable cause) {
    if (level != Level.ERROR) {
      return FilterReply.NEUTRAL;
    }
    return switch (logger.getName()) {
      case CONNECTIONS -> ofConnection(format == null ? "" : format);
      case CONTEXTS -> isLateConnect(cause) ? FilterReply.DENY : FilterReply.NEUTRAL;
      default -> FilterReply.NEUTRAL;
    };
  }

  /** There the message of what was thrown is all that is logged. */
  private FilterReply ofConnection(String what) {
    boolean encryption = what.contains(TLS);
    if (encryption && told.compareAndSet(false, true)) {
      LoggerFactory.getLogger(Logs.LIFE_CYCLE)
          .warn(
              "TLS with a peer has failed ({}): its certificate is none or another CA's, or ours is"
                  + " to it; this is told once",
              what);
    }
    return encryption || ENDS.matcher(what).matches() ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  /**
   * A node that dies while one connects to it completes one promise twice, and one that ends itself
   * cannot connect any more; neither harms anybody.
   */
  private static boolean isLateConnect(@Nullable Throwable cause) {
    return switch (cause) {
      case IllegalStateException twice -> TWICE.equals(twice.getMessage()) && isOfBus(twice);
      case RejectedExecutionException ending -> isOfBus(ending);
      case null, default -> false;
    };
  }

  private static boolean isOfBus(Throwable cause) {
    for (StackTraceElement frame : cause.getStackTrace()) {
      if (frame.getClassName().startsWith(BUS)) {
        return true;
      }
    }
    return false;
  }
}
