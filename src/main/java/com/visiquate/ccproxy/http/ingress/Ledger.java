package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.Fact.FieldDropped;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import com.visiquate.ccproxy.http.exchange.Report;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Records how each request ended: one message to all who keep account and one line of the access
 * log.
 */
public final class Ledger {
  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final int MOST_DROPPED = 8;
  private static final int LONGEST = 128;
  private final Bus bus;
  private final FieldLabels labels = new FieldLabels();

  public Ledger(Bus bus) {
    this.bus = bus;
  }

  public void ended(ExchangeFacts facts, Report report) {
    Duration total = Duration.between(facts.arrived(), report.at());
    bus.publish(Address.EXCHANGE_ENDED, end(facts, report, total));
    write(facts, report, total);
  }

  /** Fields that could not be honoured; more than a few of one request tell nothing new. */
  public void dropped(String route, List<String> fields) {
    for (String field : fields.subList(0, Math.min(MOST_DROPPED, fields.size()))) {
      bus.publish(Address.METRICS_FACT, new FieldDropped(route, labels.of(field)));
    }
  }

  private static ExchangeEnded end(ExchangeFacts facts, Report report, Duration total) {
    return new ExchangeEnded(
        facts.exchange(),
        facts.asked(),
        report.placement(),
        report.outcome(),
        report.status(),
        report.firstToken(),
        total,
        report.counts(),
        report.contents(),
        report.prompt(),
        report.failure());
  }

  private static void write(ExchangeFacts facts, Report report, Duration total) {
    Failure failure = report.failure();
    if (failure != null && !failure.detail().isEmpty() && LOG.isDebugEnabled()) {
      LOG.atDebug()
          .addKeyValue(LogKeys.EXCHANGE, facts.exchange())
          .addKeyValue(LogKeys.KIND, failure.kind())
          .log(failure.detail());
    }
    if (ACCESS.isInfoEnabled()) {
      line(facts, report, total).log("request");
    }
  }

  private static LoggingEventBuilder line(ExchangeFacts facts, Report report, Duration total) {
    LoggingEventBuilder line =
        ACCESS
            .atInfo()
            .addKeyValue(LogKeys.EXCHANGE, facts.exchange())
            .addKeyValue(LogKeys.ROUTE, facts.route())
            .addKeyValue(LogKeys.ALIAS, facts.alias())
            .addKeyValue(LogKeys.CLIENT, facts.client())
            .addKeyValue(LogKeys.OUTCOME, report.outcome().label())
            .addKeyValue(LogKeys.STATUS, report.status())
            .addKeyValue(LogKeys.TOTAL_MS, total.toMillis());
    line = report.dropped().isEmpty() ? line : line.addKeyValue(LogKeys.DROPPED, dropped(report));
    Failure failure = report.failure();
    line = failure == null ? line : failed(line, failure);
    Placement placement = report.placement();
    Duration first = report.firstToken();
    LoggingEventBuilder ran = placement == null ? line : ran(line, placement, report.counts());
    return first == null ? ran : ran.addKeyValue(LogKeys.FIRST_TOKEN_MS, first.toMillis());
  }

  private static String dropped(Report report) {
    return printable(String.join(",", report.dropped()));
  }

  /** Why, in short words; never the message, which may quote the request. */
  private static LoggingEventBuilder failed(LoggingEventBuilder line, Failure failure) {
    String code = failure.code();
    String word = code == null ? Label.of(failure.kind()) : code;
    String field = failure.param();
    LoggingEventBuilder why = line.addKeyValue(LogKeys.CODE, word);
    return field == null ? why : why.addKeyValue(LogKeys.FIELD, printable(field));
  }

  /** Names come from clients. */
  private static String printable(String names) {
    String some = names.length() <= LONGEST ? names : names.substring(0, LONGEST);
    return some.replaceAll("[^\\x21-\\x7e]", "_");
  }

  private static LoggingEventBuilder ran(
      LoggingEventBuilder line, Placement placement, Counts counts) {
    ModelName meant = placement.insteadOf();
    LoggingEventBuilder by = meant == null ? line : line.addKeyValue(LogKeys.INSTEAD_OF, meant);
    return by.addKeyValue(LogKeys.MODEL, placement.model())
        .addKeyValue(LogKeys.BACKEND, placement.backend())
        .addKeyValue(LogKeys.ATTEMPTS, placement.attempt())
        .addKeyValue(LogKeys.QUEUE_MS, placement.queued().toMillis())
        .addKeyValue(LogKeys.PROMPT_TOKENS, counts.promptTokens())
        .addKeyValue(LogKeys.OUTPUT_TOKENS, counts.outputTokens());
  }
}
