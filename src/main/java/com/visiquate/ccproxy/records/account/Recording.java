package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Asked;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.Served;
import com.visiquate.ccproxy.bus.RequestRecord.Slots;
import com.visiquate.ccproxy.bus.RequestRecord.Times;
import com.visiquate.ccproxy.bus.RequestRecord.Tokens;
import com.visiquate.ccproxy.bus.ScheduleEvent.PrefixLost;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the record of a request from how it ended. */
final class Recording {
  private static final int LONGEST = 256;
  private static final int MOST_TOOLS = 64;

  private Recording() {}

  static RequestRecord of(ExchangeEnded ended, String node, @Nullable PrefixLost lost) {
    return new RequestRecord(
        ended.exchange().value(),
        0,
        node,
        asked(ended.asked()),
        served(ended),
        times(ended),
        tokens(ended, lost),
        Slots.NONE,
        Price.NONE);
  }

  private static Asked asked(ExchangeEnded.Asked asked) {
    var conversation = asked.conversation();
    return new Asked(
        text(asked.route()),
        asked.dialect(),
        asked.streamed(),
        text(asked.alias()),
        // Its conversation has a column of its own.
        text(asked.client().whole().value()),
        maybe(asked.key()),
        maybe(conversation.id()),
        maybe(conversation.session()),
        maybe(conversation.parent()));
  }

  private static Served served(ExchangeEnded ended) {
    Placement at = ended.placement();
    return new Served(
        at == null ? null : text(at.model().value()),
        at == null ? null : at.backend().value(),
        at == null || at.insteadOf() == null ? null : text(at.insteadOf().value()),
        ended.outcome().label(),
        ended.status(),
        ended.failure() == null ? null : Label.of(ended.failure().kind()),
        at == null ? 0 : at.attempt(),
        tools(ended.contents().tools()),
        at != null && at.isCached());
  }

  private static List<String> tools(List<String> called) {
    return called.stream()
        .map(name -> text(name).replace(',', '_'))
        .filter(name -> !name.isEmpty())
        .distinct()
        .limit(MOST_TOOLS)
        .toList();
  }

  private static Times times(ExchangeEnded ended) {
    Instant arrived = ended.asked().arrived();
    Counts counts = ended.counts();
    Placement at = ended.placement();
    Duration first = ended.firstToken();
    return new Times(
        micros(arrived),
        first == null ? null : Long.valueOf(micros(arrived.plus(first))),
        micros(ended.at()),
        at == null ? 0 : at.queued().toNanos() / 1_000,
        counts.loadNanos() / 1_000,
        counts.promptNanos() / 1_000,
        counts.outputNanos() / 1_000);
  }

  private static Tokens tokens(ExchangeEnded ended, @Nullable PrefixLost lost) {
    Counts counts = ended.counts();
    return new Tokens(
        counts.promptTokens(),
        counts.cachedTokens(),
        counts.outputTokens(),
        ended.contents().thinkingTokens(),
        lost == null
            ? 0
            : Math.round((double) lost.lost() * counts.promptTokens() / Math.max(1, lost.prompt())),
        lost == null ? null : Label.of(lost.where()));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static @Nullable String maybe(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text(text);
  }

  /** What clients say may be long, and PostgreSQL takes no NUL. */
  private static String text(String text) {
    String whole = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    if (whole.length() <= LONGEST) {
      return whole;
    }
    int end = Character.isHighSurrogate(whole.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return whole.substring(0, end);
  }
}
