package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.model.Tokens;
import com.visiquate.ccproxy.simulator.request.Claim;
import com.visiquate.ccproxy.simulator.speech.Speech;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One answer from its request to its end: where it stands and what it has cost so far. */
public final class Run {
  /** Where a run stands, in order. */
  public enum Phase {
    LOADING,
    WAITING,
    PROMPT,
    STREAMING,
    ENDED
  }

  /** The one who gets the answer. */
  public interface Listener {
    void line(Utterance.Line line);

    void end(Totals totals);

    void failed(Refusal refusal);
  }

  /** A held answer looks again at once. */
  private static final double ALMOST = 0.999;

  /** The prompt of a run that only wants its model loaded. */
  public static final int[] LOAD_ONLY = new int[0];

  private final Claim claim;
  private final Speech speech;
  private final int[] prompt;
  private final Listener listener;
  private final long started;
  private Phase phase = Phase.LOADING;
  private SlotPool.@Nullable Seat seat;
  private double nanosPerToken;
  private int unread;
  private double promptLeft;
  private double earned;
  private double slowness = 1;
  private String who = "";
  private long loaded;
  private long seatedAt;
  private long firstToken;
  private boolean abandoned;

  public Run(Claim claim, Speech speech, int[] prompt, Listener listener, long started) {
    this.claim = claim;
    this.speech = speech;
    this.prompt = prompt;
    this.listener = listener;
    this.started = started;
    this.loaded = started;
  }

  Claim claim() {
    return claim;
  }

  SimulatedModel model() {
    return claim.model();
  }

  Speech speech() {
    return speech;
  }

  public int[] prompt() {
    return prompt;
  }

  Listener listener() {
    return listener;
  }

  long started() {
    return started;
  }

  long loaded() {
    return loaded;
  }

  public Phase phase() {
    return phase;
  }

  boolean abandoned() {
    return abandoned;
  }

  double promptLeft() {
    return promptLeft;
  }

  double slowness() {
    return slowness;
  }

  /** Who asks; empty when not known. */
  String who() {
    return who;
  }

  public Run askedBy(String name) {
    who = name;
    return this;
  }

  public Run slowedBy(double factor) {
    slowness = factor;
    return this;
  }

  /** The model is there; the run stands before its slots. */
  void waits(long now) {
    phase = Phase.WAITING;
    loaded = now;
  }

  /** It has a slot, in which each token of its prompt takes so long. */
  void seated(SlotPool.Seat taken, double nanosEach, long now) {
    phase = Phase.PROMPT;
    seatedAt = now;
    seat = taken;
    unread = prompt.length - taken.cached();
    nanosPerToken = nanosEach * slowness;
    promptLeft = unread * nanosPerToken;
  }

  public long seatedAt() {
    return seatedAt;
  }

  SlotPool.@Nullable Seat seat() {
    return seat;
  }

  public int cached() {
    return seat == null ? 0 : seat.cached();
  }

  void readFor(double nanos) {
    promptLeft -= nanos;
  }

  double nanosPerToken() {
    return nanosPerToken;
  }

  /** Tokens of the prompt that are not computed yet. */
  int unread() {
    return unread;
  }

  void read(int tokens) {
    unread -= tokens;
  }

  /** The part of the prompt that is in the cache when it was abandoned. */
  int[] computed() {
    return Arrays.copyOf(prompt, prompt.length - unread);
  }

  /** What its slot holds when it ends: the prompt and what was said. */
  int[] remembered() {
    Tokens tokens = model().tokens().all(prompt);
    speech.rememberIn(tokens);
    return tokens.toArray();
  }

  public long firstToken() {
    return firstToken;
  }

  void speaks(long now) {
    firstToken = firstToken == 0 ? now : firstToken;
  }

  void promptDone() {
    promptLeft = 0;
    phase = Phase.STREAMING;
    earned = 1;
  }

  void earn(double tokens) {
    earned += tokens;
  }

  boolean maySpeak() {
    return phase == Phase.STREAMING && earned >= 1;
  }

  void spent(int tokens) {
    earned -= tokens;
  }

  /** Waiting earns nothing beyond the next token: a held answer does not burst when it goes on. */
  void idled() {
    earned = ALMOST;
  }

  void abandon() {
    abandoned = true;
  }

  void ended() {
    phase = Phase.ENDED;
  }
}
