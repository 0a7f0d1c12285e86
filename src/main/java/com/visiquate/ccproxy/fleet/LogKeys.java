package com.visiquate.ccproxy.fleet;

/**
 * The keys of key-values in the log, so that whoever looks for one exchange or backend finds it in
 * every room's lines. Units stand at the end of a key.
 */
public final class LogKeys {
  public static final String ALERT = "alert";
  public static final String ALIAS = "alias";
  public static final String ATTEMPTS = "attempts";
  public static final String BACKEND = "backend";
  public static final String BELIEF = "belief";
  public static final String CHANNEL = "channel";
  public static final String CLIENT = "client";
  public static final String CODE = "code";
  public static final String COST = "cost";
  public static final String DETAIL = "detail";
  public static final String DROPPED = "dropped";
  public static final String EXCHANGE = "exchange";
  public static final String FIELD = "field";
  public static final String FIRST_TOKEN_MS = "first_token_ms";
  public static final String INSTEAD_OF = "instead_of";
  public static final String KIND = "kind";
  public static final String MODEL = "model";
  public static final String NOW = "now";
  public static final String OPERATOR = "operator";
  public static final String OUTCOME = "outcome";
  public static final String OUTPUT_TOKENS = "output_tokens";
  public static final String PROMPT_TOKENS = "prompt_tokens";
  public static final String QUEUE_MS = "queue_ms";
  public static final String REASON = "reason";
  public static final String RECORD = "record";
  public static final String REQUESTS = "requests";
  public static final String RETRY_S = "retry_s";
  public static final String ROUTE = "route";
  public static final String RULE = "rule";
  public static final String SEVERITY = "severity";
  public static final String STATE = "state";
  public static final String STATUS = "status";
  public static final String SUBJECT = "subject";
  public static final String TIMES = "times";
  public static final String TOTAL_MS = "total_ms";
  public static final String VERSION = "version";

  private LogKeys() {}
}
