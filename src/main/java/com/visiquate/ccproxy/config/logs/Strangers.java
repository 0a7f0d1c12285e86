package com.visiquate.ccproxy.config.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Tells once of each stranger who knocks at the cluster; Hazelcast tells it again and again, in
 * words that say nothing of a secret.
 */
final class Strangers extends AppenderBase<ILoggingEvent> {
  /** The logger of Hazelcast's that tells it. */
  static final String LOGGER = "com.hazelcast.internal.cluster.impl.ClusterJoinManager";

  private static final Pattern WHO =
      Pattern.compile("Received an invalid join request from ([^,]{1,100}), cause: (.{1,200})");
  private static final int MOST = 1_000;

  private final Set<String> known =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST;
            }
          });

  @Override
  protected void append(ILoggingEvent event) {
    Matcher who = WHO.matcher(event.getFormattedMessage());
    if (who.find() && known.add(who.group(1))) {
      LoggerFactory.getLogger(Logs.LIFE_CYCLE)
          .warn(
              "{} wants to join the cluster and may not: its name, secret or version is another"
                  + " ({})",
              who.group(1),
              who.group(2));
    }
  }
}
