package com.visiquate.ccproxy.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees of the queues and the slots at one moment: who waits, who runs, for whom
 * slots are held. Lists are bounded, and nothing of a prompt is in it.
 */
public record QueueReport(Instant at, List<Model> models, List<Backend> backends) {
  public QueueReport {
    models = List.copyOf(models);
    backends = List.copyOf(backends);
  }

  /** Requests that wait or run and whose clients are still there. */
  public int inFlight() {
    int waiting = models.stream().mapToInt(Model::size).sum();
    return waiting + backends.stream().mapToInt(one -> one.taken().size() - one.ghosts()).sum();
  }

  /**
   * The waiting room of one model.
   *
   * @param waiting how many wait, by class
   * @param oldest for how long whoever came first has waited; zero when nobody waits
   * @param front the first of them, in the order of their places
   * @param next how long a newcomer would wait who comes behind all of them
   * @param speed tokens a second of one answer, as was learnt; 0 when nothing was
   */
  public record Model(
      ModelName name,
      Map<Priority, Integer> waiting,
      Duration oldest,
      List<Waiting> front,
      Duration next,
      double speed) {
    public Model {
      waiting = Map.copyOf(waiting);
      front = List.copyOf(front);
    }

    /** One of which no more is known. */
    public Model(
        ModelName name, Map<Priority, Integer> waiting, Duration oldest, List<Waiting> front) {
      this(name, waiting, oldest, front, Duration.ZERO, 0);
    }

    public int size() {
      return waiting.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * One request, whether it waits or runs.
   *
   * @param conversation tells its conversation from all others; null when nothing does
   */
  public record Request(
      ExchangeId exchange,
      ModelName model,
      Priority priority,
      ClientId client,
      @Nullable String conversation) {
    /** One of no conversation. */
    public Request(ExchangeId exchange, ModelName model, Priority priority, ClientId client) {
      this(exchange, model, priority, client, null);
    }
  }

  /**
   * A request without a slot.
   *
   * @param place from 1; cached conversations may go first
   * @param waited since its client has asked, first attempts included
   * @param estimate until it is expected to start; zero behind the first hundred
   * @param rank by which those of one class are in order, the least first; it stays while they wait
   */
  public record Waiting(Request request, int place, Duration waited, Duration estimate, long rank) {
    /** One whose place says all. */
    public Waiting(Request request, int place, Duration waited, Duration estimate) {
      this(request, place, waited, estimate, place);
    }
  }

  /**
   * The slots of one backend.
   *
   * @param slots for each model
   * @param taken the slots that are taken
   * @param held those of its free slots that are kept for somebody
   * @param caches what is believed of how it keeps prompts
   * @param haunted whether its abandoned prompts were seen to run on, whatever its version says
   */
  public record Backend(
      BackendId id,
      String host,
      Health health,
      int slots,
      List<Taken> taken,
      List<Held> held,
      List<Cache> caches,
      boolean haunted) {
    public Backend {
      taken = List.copyOf(taken);
      held = List.copyOf(held);
      caches = List.copyOf(caches);
    }

    /** Of which nothing is known but its slots. */
    public Backend(
        BackendId id, String host, Health health, int slots, List<Taken> taken, List<Held> held) {
      this(id, host, health, slots, taken, held, List.of(), false);
    }

    /** Taken slots whose clients have left. */
    public int ghosts() {
      return (int) taken.stream().filter(one -> one.phase() == Phase.GHOST).count();
    }
  }

  /**
   * How an Ollama keeps the prompts of one model, as is believed.
   *
   * @param storedTokens in main memory, besides its slots; 0 when it keeps none there
   * @param corrected whether what it did said so, and not its version
   */
  public record Cache(ModelName model, int storedTokens, boolean corrected) {}

  /** How far a request is that runs. */
  public enum Phase {
    PROMPT,
    ANSWER,
    GHOST
  }

  /**
   * A slot in which a request runs.
   *
   * @param since for how long
   * @param left until it is expected to be free
   */
  public record Taken(
      Request request, Phase phase, Duration since, Duration left, Progress progress) {
    /** One of which no more is known. */
    public Taken(Request request, Phase phase, Duration since, Duration left) {
      this(request, phase, since, left, Progress.UNKNOWN);
    }
  }

  /**
   * How far it is, and how much there is to do.
   *
   * @param number of its slot, unlike that of any other that is taken there; less than 0 when it
   *     has none
   * @param promptTokens of its prompt, about
   * @param cachedTokens how many of them were expected to be cached
   * @param untilOutput until its first token is expected; zero when that has come
   * @param spoke for how long it answers already; null when it does not yet
   */
  public record Progress(
      int number,
      int promptTokens,
      int cachedTokens,
      Duration untilOutput,
      @Nullable Duration spoke) {
    public static final Progress UNKNOWN = new Progress(-1, 0, 0, Duration.ZERO, null);
  }

  /** A free slot that is kept for the conversation of a client, until then at the latest. */
  public record Held(ModelName model, ClientId client, Instant until) {}
}
