package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.routing.recent.RecentMap;
import com.visiquate.ccproxy.routing.recent.RecentValues;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What conversations usually do: how long their answers are, whether they come back after a turn,
 * and how soon. Owns what was learnt of that for each alias and client.
 */
public final class ReturnStatistics {
  /** Who is not back by then is not waited for in any case. */
  private static final Duration GONE = Duration.ofMinutes(2);

  private static final int ALIASES = 256;
  private static final int CLIENTS = 2_048;
  private static final int TURNS = 8_192;

  private final Map<String, RecentValues> answers = new RecentMap<>(ALIASES);
  private final Map<Ending, ReturnStatistic> aliases = new RecentMap<>(ALIASES);
  private final Map<Ending, ReturnStatistic> clients = new RecentMap<>(CLIENTS);
  private final Map<Long, Turn> turns = new LinkedHashMap<>();

  /** A way in which turns end: whose, and whether tools were called. */
  private record Ending(String whose, boolean calls) {}

  private record Turn(ClientId client, String alias, boolean calls, Instant at) {}

  /** Expected tokens of an answer. */
  double answer(String alias, double otherwise) {
    RecentValues known = answers.get(alias);
    return known == null ? otherwise : known.quantile(0.5);
  }

  void answered(String alias, int tokens) {
    answers.computeIfAbsent(alias, missing -> new RecentValues(32)).add(tokens);
  }

  /** What is to be expected when this client's turn ends now in this way. */
  public ReturnStatistic expected(OpenExchange exchange, boolean calls) {
    ReturnStatistic own = clients.get(new Ending(exchange.submission().client().value(), calls));
    ReturnStatistic usual = aliases.get(new Ending(exchange.alias(), calls));
    if (own != null && own.isLearnt()) {
      return own;
    }
    return usual == null ? new ReturnStatistic(calls) : usual;
  }

  /** Whose turn it was that ended so, while its next one may still come. */
  public Optional<ClientId> client(long turn) {
    return Optional.ofNullable(turns.get(turn)).map(Turn::client);
  }

  /** A turn has ended. */
  public void ended(OpenExchange exchange, boolean calls, Instant now) {
    ClientId client = exchange.submission().client();
    turns.remove(exchange.chain().end());
    turns.put(exchange.chain().end(), new Turn(client, exchange.alias(), calls, now));
    giveUp(now);
  }

  /** A request came that may be somebody's next turn. */
  public void came(OpenExchange exchange, Instant now) {
    Turn turn = turns.remove(exchange.chain().continued());
    if (turn != null) {
      double seconds = Duration.between(turn.at(), now).toNanos() / 1e9;
      client(turn).cameBack(seconds);
      alias(turn).cameBack(seconds);
    }
  }

  private void giveUp(Instant now) {
    Iterator<Turn> oldest = turns.values().iterator();
    while (oldest.hasNext()) {
      Turn turn = oldest.next();
      if (turns.size() <= TURNS && turn.at().plus(GONE).isAfter(now)) {
        return;
      }
      oldest.remove();
      client(turn).stayedAway();
      alias(turn).stayedAway();
    }
  }

  private ReturnStatistic client(Turn turn) {
    Ending ending = new Ending(turn.client().value(), turn.calls());
    return clients.computeIfAbsent(ending, missing -> new ReturnStatistic(turn.calls()));
  }

  private ReturnStatistic alias(Turn turn) {
    Ending ending = new Ending(turn.alias(), turn.calls());
    return aliases.computeIfAbsent(ending, missing -> new ReturnStatistic(turn.calls()));
  }
}
