package com.visiquate.ccproxy.metrics;

import java.util.List;

/** Every meter of ccproxy: its name, kind, meaning and tags; docs/metrics.md is the same table. */
enum MeterTable {
  REQUESTS(
      "requests", Kind.COUNTER, "Requests that have ended", "route alias model backend outcome"),
  FAILURES(
      "failures", Kind.COUNTER, "Requests that did not succeed, by what went wrong", "route kind"),
  RESPONSES(
      "responses",
      Kind.COUNTER,
      "Responses by HTTP status; 0 where none was begun",
      "route status"),
  FAILOVERS(
      "failovers",
      Kind.COUNTER,
      "Further backends that were tried before an answer began",
      "model"),
  FALLBACKS(
      "fallbacks",
      Kind.COUNTER,
      "Requests that went on to another model, by the one that they were meant for and why",
      "model to reason"),
  TOTAL("request", Kind.TIMER, "From the request to the end of its answer", "route model outcome"),
  SHORT(
      "short.request",
      Kind.TIMER,
      "The same of whole answers of at most 200 tokens to prompts of at most 1,000",
      "model"),
  QUEUE_WAIT("queue.wait", Kind.TIMER, "From the request to its slot", "model"),
  FIRST_TOKEN(
      "first.token",
      Kind.TIMER,
      "From the request to the first event of its answer",
      "model backend"),
  OUTPUT_TOKEN(
      "output.token",
      Kind.TIMER,
      "Mean time of one generated token of a request, as Ollama counts",
      "model backend"),
  TOKENS(
      "tokens",
      Kind.COUNTER,
      "Tokens by direction: prompt (cached ones included), cached, output",
      "model backend direction"),
  PROMPT_ESTIMATES(
      "prompt.estimates",
      Kind.COUNTER,
      "Prompt tokens: as they were estimated beforehand, and as Ollama counted",
      "model counted_by"),
  PROMPT_ERROR(
      "prompt.error",
      Kind.SHARE,
      "How far the estimate of a prompt's tokens was off, as a share of what Ollama counted",
      "model"),
  OVERHEAD(
      "overhead",
      Kind.TIMER,
      "What neither the queue nor Ollama accounts for; an upper bound of the gateway's own time",
      "route"),
  PREFIX_TOKENS(
      "prefix.tokens",
      Kind.COUNTER,
      "Prompt tokens that were expected to be cached, and that were, as far as their time tells",
      "model backend kind"),
  PREFIX_ERROR(
      "prefix.error",
      Kind.SHARE,
      "How far the expectation was off, as a share of the prompt",
      "model backend"),
  PREFIX_KEPT(
      "prefix.kept",
      Kind.SHARE,
      "How much of a conversation's last prompt its next one begins with",
      "model"),
  PREFIX_CHANGES(
      "prefix.changes",
      Kind.COUNTER,
      "Next turns whose client had changed what it sent before, by the first part that differs",
      "model part"),
  FIRST_TOKEN_EXPECTED(
      "first.token.expected",
      Kind.TIMER,
      "From the start on a backend to the first token, as it was expected",
      "model backend"),
  FIRST_TOKEN_ACTUAL(
      "first.token.actual",
      Kind.TIMER,
      "From the start on a backend to the first token, as it was",
      "model backend"),
  FIRST_TOKEN_ERROR(
      "first.token.error",
      Kind.SHARE,
      "How far that expectation was off, as a share of the longer of the two times",
      "model backend"),
  HELD(
      "slots.held",
      Kind.TIMER,
      "For how long a slot was kept for a conversation, which came back in time or did not",
      "model backend returned"),
  CORRECTIONS(
      "corrections",
      Kind.COUNTER,
      "Times that a backend did something else than was believed: cache_rule, cache_size, ghosts",
      "model backend belief"),
  PREFIX_WARM_UPS(
      "prefix.warmups",
      Kind.COUNTER,
      "Shared prefixes that were computed after a load, wholly or until a request came",
      "model backend whole"),
  ADOPTED(
      "resends.adopted",
      Kind.COUNTER,
      "Requests sent again that got what ran for them already, by how far it was: prompt, answer",
      "model backend phase"),
  WAITING("queue.waiting", Kind.GAUGE, "Requests without a slot", "model class"),
  OLDEST(
      "queue.oldest",
      Kind.AGE,
      "For how long whoever came first has waited; 0 when nobody waits",
      "model"),
  SLOTS("slots", Kind.GAUGE, "Requests that a backend may run at once", "backend"),
  RUNNING("slots.running", Kind.GAUGE, "Requests that run", "backend"),
  GHOSTS(
      "slots.ghosts",
      Kind.GAUGE,
      "Slots that are taken by a prompt whose client has left",
      "backend"),
  EXPECTED(
      "backend.expected",
      Kind.GAUGE,
      "Waiting requests that are expected to run on a backend",
      "backend"),
  STATE(
      "backend.state",
      Kind.GAUGE,
      "1 for the state that a backend is in, 0 for the others",
      "backend state"),
  LOADED("backend.loaded", Kind.GAUGE, "Models in a backend's memory", "backend"),
  LOOP_DELAY("event.loop.delay", Kind.TIMER, "How late timers run on an event loop", ""),
  CONFIGURATION(
      "configuration.reads", Kind.COUNTER, "Times that the configuration was read", "accepted"),
  ACCEPTED(
      "configuration.accepted",
      Kind.GAUGE,
      "1 while the file as it is now is what runs, 0 when it was refused",
      ""),
  WARM_UPS("warmups", Kind.COUNTER, "Warm-ups", "backend model loaded"),
  WARM_UP("warmup", Kind.TIMER, "Time of a warm-up", "backend model"),
  DROPPED(
      "dropped.fields",
      Kind.COUNTER,
      "Request fields that could not be honoured, without the index in a list; `other` beyond the"
          + " first 64 names",
      "route field"),
  LOOPS("loops", Kind.COUNTER, "The same tool turn, from the third time in a row on", "alias"),
  CACHE_REQUESTS(
      "cache.requests",
      Kind.COUNTER,
      "Requests that the cache had to do with: hit, joined, miss or bypass, and why",
      "use reason"),
  CACHE_AGE("cache.hit.age", Kind.TIMER, "Age of the stored answers that were given", ""),
  CACHE_ENTRIES("cache.entries", Kind.GAUGE, "Answers that are kept in memory", ""),
  CACHE_KEPT("cache.kept", Kind.SIZE, "What these take", ""),
  CACHE_REDIS("cache.redis", Kind.TIMER, "Time of an answer of the cache's Redis", "reply"),
  CACHE_AWAY("cache.redis.away", Kind.AGE, "For how long it has not answered; 0 when it does", ""),
  MACHINE(
      "machine",
      Kind.TIME,
      "For how long requests held slots, ghosts included; told when a slot is free again",
      "model backend"),
  COST("cost", Kind.MONEY, "What requests cost by the price book, in its currency", "model"),
  SAVED(
      "saved",
      Kind.MONEY,
      "What the same would have cost in the cloud they are compared with",
      "model"),
  BUDGET(
      "budget.share",
      Kind.PART,
      "How much of a budget is used in its period; 1 is all of it",
      "budget"),
  SPOOLED("records.spooled", Kind.SIZE, "What waits on disk for the database of the records", ""),
  RECORDS_DROPPED(
      "records.dropped",
      Kind.GAUGE,
      "Records of which only the totals are kept, because too much waited on disk",
      ""),
  RECORDS_LOST("records.lost", Kind.GAUGE, "Records that could not even be written to disk", ""),
  RECORDS_AWAY(
      "records.away", Kind.AGE, "For how long their database has not answered; 0 when it does", ""),
  BUDGET_WARN(
      "budget.warn", Kind.PART, "The share at which somebody wants to hear of a budget", "budget"),
  UPTIME("uptime", Kind.AGE, "For how long it runs", ""),
  DISK_FREE(
      "disk.free", Kind.SIZE, "Room on the disk of the records, or else of the working folder", ""),
  LOG_SIZE("log.file", Kind.SIZE, "Size of the log file; 0 without one", "");

  private static final String PREFIX = "ccproxy.";

  private final String id;
  private final Kind kind;
  private final String help;
  private final String tags;

  MeterTable(String name, Kind kind, String help, String tags) {
    this.id = PREFIX + name;
    this.kind = kind;
    this.help = help;
    this.tags = tags;
  }

  /** Its name in the registry. */
  String id() {
    return id;
  }

  String help() {
    return help;
  }

  List<String> tags() {
    return tags.isEmpty() ? List.of() : List.of(tags.split(" ", -1));
  }

  /** Its line of docs/metrics.md. */
  String documentation() {
    String labels = tags.isEmpty() ? "–" : "`" + String.join("`, `", tags()) + "`";
    return "| `%s` | %s | %s | %s |".formatted(exposed(), kind.unit(), labels, help);
  }

  /** Its name in what Prometheus scrapes. */
  String exposed() {
    return id.replace('.', '_') + kind.suffix();
  }
}
