package com.visiquate.ccproxy.wire;

import com.visiquate.ccproxy.bus.AccessMessage;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.CacheMessage;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.bus.LoopMessage;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Origin;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Content;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.OperatorMessage.Inspect;
import com.visiquate.ccproxy.bus.SteerMessage;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.FleetShare;
import com.visiquate.ccproxy.fleet.FleetShare.Name;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.NodeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Quota;
import com.visiquate.ccproxy.fleet.Reading;
import com.visiquate.ccproxy.fleet.Share;
import com.visiquate.ccproxy.fleet.Withheld;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One message of every form, with something in all of its parts. */
final class Samples {
  static final Member MINI = new Member(new NodeId("mini-1"), 7, 1);
  static final Member STUDIO = new Member(new NodeId("studio"), 9, 1);
  static final Ticket TICKET = new Ticket(new Term(3, STUDIO), 12);
  static final Origin ORIGIN = new Origin(MINI, 41, new ClientId("agent-5"));
  static final ExchangeId ID = new ExchangeId("abc");
  static final BackendId BACKEND = new BackendId("mini-1-a");
  static final ModelName MODEL = new ModelName("coder");
  private static final Instant DEADLINE = Instant.parse("2026-01-01T00:30:00Z");
  private static final Placement PLACEMENT =
      new Placement(BACKEND, MODEL, 2, Duration.ofMillis(1_500), new ModelName("large"));
  private static final Counts COUNTS = new Counts(100, 40, 7, 1, 2_000, 3_000, 4);
  private static final Failure FAILURE =
      new Failure(
          Failure.Kind.PROMPT_TOO_LONG,
          "It is too long.",
          "by much",
          "messages",
          "too_long",
          Duration.ofSeconds(5),
          new Failure.Overflow(9_000, 8_192));

  private Samples() {}

  /** By the names of their golden files. */
  static Map<String, Parcel> all() {
    Map<String, Parcel> all = new LinkedHashMap<>();
    contents().forEach((name, content) -> all.put(name, parcel(content)));
    return all;
  }

  /** That of a golden file. */
  static Parcel of(String name) {
    return Objects.requireNonNull(all().get(name));
  }

  static Parcel parcel(Content content) {
    return new Parcel(MINI, 42, new Term(3, STUDIO), content);
  }

  private static Map<String, Content> contents() {
    Map<String, Content> all = new LinkedHashMap<>();
    Duration left = Duration.ofMinutes(29);
    Duration age = Duration.ofSeconds(61);
    all.put("wanted-chat", new NodeMessage.Wanted(submit(chat()), age, left));
    all.put("wanted-generate", new NodeMessage.Wanted(submit(generate()), age, left));
    all.put("wanted-embed", new NodeMessage.Wanted(submit(embed()), age, left));
    all.put(
        "departed", new NodeMessage.Departed(new BusMessage.Leave(ID, BusMessage.Why.CLIENT_GONE)));
    answers().forEach((name, told) -> all.put("answer-" + name, new NodeMessage.Answer(told)));
    all.put("how-is", new NodeMessage.HowIs(BACKEND));
    all.put("introduction", introduction());
    all.put("question", new NodeMessage.Question(5, "leader.routing.inspect", new Inspect(10)));
    all.put("question-claims", new NodeMessage.Question(6, "leader.access.claim", claims()));
    all.put("reply-heard", new NodeMessage.Reply(6, heard()));
    all.put("reply-unheard", new NodeMessage.Reply(6, new AccessMessage.Unheard()));
    all.put("reply", new NodeMessage.Reply(5, new SteerMessage.Done("It is done.")));
    all.put("recall", new NodeMessage.Recall(List.of(ID, new ExchangeId("def"))));
    all.put("ordered-start", new NodeMessage.Ordered(TICKET, ORIGIN, BACKEND, start(), left));
    BusMessage.TakeOver over = new BusMessage.TakeOver(start(), new ExchangeId("old"));
    all.put("ordered-take-over", new NodeMessage.Ordered(TICKET, ORIGIN, BACKEND, over, left));
    controls()
        .forEach(
            (name, control) ->
                all.put("directed-" + name, new NodeMessage.Directed(BACKEND, TICKET, control)));
    reports()
        .forEach(
            (name, report) ->
                all.put("reported-" + name, new NodeMessage.Reported(TICKET, report)));
    all.put(
        "running",
        new NodeMessage.Running(TICKET, ORIGIN, BACKEND, start(), age, left, true, false));
    all.put("remembered", new NodeMessage.Remembered(ORIGIN, BACKEND, start(), ended()));
    all.put("stands", new NodeMessage.Stands(status(), 6));
    all.put("offered", new NodeMessage.Offered(TICKET, ID, BACKEND));
    all.put("carried", new NodeMessage.Carried(TICKET, BACKEND, 5, said()));
    all.put("handed-back", new NodeMessage.HandedBack(TICKET, ID));
    all.put("declined", new NodeMessage.Declined(TICKET, ID, BACKEND));
    all.put("granted", new NodeMessage.Granted(TICKET, ID, BACKEND, 77));
    all.put("telling", telling());
    return all;
  }

  private static NodeMessage.Introduction introduction() {
    BackendSpec spec =
        new BackendSpec(
            BACKEND,
            URI.create("http://127.0.0.1:11434"),
            2,
            1.5,
            "mini-1/localhost",
            1,
            GhostRule.AUTO);
    ModelSpec model =
        new ModelSpec(
            MODEL, "qwen", 4_096, List.of(BACKEND), true, "-1", Map.of("temperature", 0.2));
    FleetShare share =
        new FleetShare(
            MINI.node(),
            List.of(spec),
            Map.of("mini-1/localhost", 3),
            List.of(model),
            List.of(new Name("gpt-*", List.of(new Share(MODEL, 1)), Priority.BACKGROUND)));
    return new NodeMessage.Introduction(share, List.of(status()), true);
  }

  private static AccessMessage.Claims claims() {
    AccessMessage.Mark mark = new AccessMessage.Mark(Duration.ofMillis(1_500), 12, 3_456);
    AccessMessage.KeyUse use =
        new AccessMessage.KeyUse(
            "agents", new Quota(60, 200_000, 4), List.of(ID), 2, 11, 3_000, List.of(mark));
    AccessMessage.Owed owed = new AccessMessage.Owed("agents", Duration.ofSeconds(2), 10.5, 99.25);
    return new AccessMessage.Claims(MINI, 9, 123_456_789_012L, 7, List.of(use), List.of(owed));
  }

  private static AccessMessage.Heard heard() {
    return new AccessMessage.Heard(
        123_456_789_012L,
        9,
        8,
        List.of(
            new AccessMessage.Verdict(ID, FAILURE),
            new AccessMessage.Verdict(new ExchangeId("def"), null)),
        List.of(new AccessMessage.Owed("agents", Duration.ZERO, 10.5, 99.25)));
  }

  private static NodeMessage.Telling telling() {
    NodeMessage.Wish waits = new NodeMessage.Wish(ID, null, 0);
    NodeMessage.Wish runs = new NodeMessage.Wish(new ExchangeId("def"), TICKET, 9);
    NodeMessage.Held held = new NodeMessage.Held(ID, TICKET, MINI, 4);
    return new NodeMessage.Telling(
        STUDIO,
        List.of(waits, runs),
        List.of(new NodeMessage.Standing(BACKEND, 6, TICKET, List.of(held))));
  }

  private static Map<String, BusMessage.ToIngress> answers() {
    Map<String, BusMessage.ToIngress> all = new LinkedHashMap<>();
    Duration estimate = Duration.ofSeconds(12);
    all.put("admitted", new BusMessage.Answered(ID, new BusMessage.Admitted(MODEL, 3, estimate)));
    all.put("refused", new BusMessage.Answered(ID, new BusMessage.Refused(FAILURE, 3, estimate)));
    all.put("still", new BusMessage.StillWaiting(ID, 2, estimate));
    all.put("broke", new BusMessage.Broke(ID, PLACEMENT, FAILURE, Outcome.BACKEND_LOST));
    all.put("cancelled", new BusMessage.Cancelled(ID, null));
    all.put("told", new CacheMessage.Told(ID, CacheMessage.Use.HIT, "key", estimate, estimate));
    all.put("looping", new LoopMessage.Looping(ID, 3));
    return all;
  }

  private static Map<String, BusMessage.Control> controls() {
    Map<String, BusMessage.Control> all = new LinkedHashMap<>();
    all.put("credit", new BusMessage.Credit(ID, 3));
    all.put("stop", new BusMessage.Stop(ID, BusMessage.Why.TIMEOUT));
    all.put("expected", new BusMessage.Expected(8));
    all.put("haunted", new BusMessage.Haunted());
    return all;
  }

  private static Map<String, BusMessage.SlotReport> reports() {
    Map<String, BusMessage.SlotReport> all = new LinkedHashMap<>();
    all.put("started", new BusMessage.Started(ID, BACKEND));
    all.put("no-room", new BusMessage.NoRoom(ID, BACKEND, "all 2 slots are taken"));
    all.put("first-token", new BusMessage.FirstToken(ID, BACKEND));
    all.put("ended", ended());
    all.put("lost", new BusMessage.Lost(ID, BACKEND, FAILURE, true));
    all.put("ghost-gone", new BusMessage.GhostGone(ID, BACKEND, true));
    return all;
  }

  private static BusMessage.Ended ended() {
    return new BusMessage.Ended(ID, BACKEND, Outcome.COMPLETED, COUNTS, assistant(), false);
  }

  private static BusMessage.Said said() {
    TokenLogprob other = new TokenLogprob("b", -2.5, List.of(), List.of());
    TokenLogprob one = new TokenLogprob("ä", -0.5, List.of(195, 164), List.of(other));
    return new BusMessage.Said(
        ID,
        PLACEMENT,
        List.of(
            new ChatEvent.Thinking("hm"),
            new ChatEvent.Text("ä", List.of(one)),
            new ChatEvent.Call(call()),
            new ChatEvent.Embedded(List.of(new Embedding(0.5f, -1.25f))),
            new ChatEvent.Finished(FinishReason.STOP, COUNTS)));
  }

  private static BusMessage.Start start() {
    ModelSpec model =
        new ModelSpec(
            MODEL,
            "qwen3-coder:30b",
            65_536,
            List.of(BACKEND),
            true,
            "30m",
            Map.of("num_batch", 1_024, "min_p", 0.05, "use_mmap", true, "stop", List.of("x")),
            new Fallbacks(List.of(new ModelName("large")), List.of()));
    Reading reading = new Reading(Duration.ofMillis(300), true, Duration.ofSeconds(40));
    return new BusMessage.Start(ID, 2, model, chat(), PLACEMENT, DEADLINE, true, reading);
  }

  static BusMessage.Submit submit(ModelRequest request) {
    Fallbacks fallbacks = new Fallbacks(List.of(), List.of(new ModelName("large")));
    return new BusMessage.Submit(
        ID,
        2,
        request,
        MODEL,
        Priority.BACKGROUND,
        new ClientId("agent-5"),
        DEADLINE,
        new FallbackOptions(fallbacks, FAILURE),
        true,
        "conversation-1");
  }

  static ChatRequest chat() {
    return new ChatRequest(
        "gpt-4",
        List.of(
            new Message.Instruction("Be short."),
            new Message.User("Look.", List.of(new Image("aGk="))),
            assistant(),
            new Message.ToolResult("call_1", "ls", "a b", List.of())),
        List.of(new Tool("ls", "lists", new RawJson("{\"type\":\"object\"}"))),
        new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("ls")),
        false,
        new Sampling(
            5, 0.5, 0.9, 40, 123_456_789_012L, 0.1, 0.2, List.of("END"), Map.of("min_p", 0.05)),
        new OutputFormat.Schema(new RawJson("{\"type\":\"string\"}")),
        Reasoning.HIGH,
        3);
  }

  private static GenerateRequest generate() {
    return new GenerateRequest(
        "coder",
        "def f(",
        "return 1",
        true,
        "You complete.",
        "{{ .Prompt }}",
        List.of(new Image("aGk=")),
        Sampling.DEFAULT,
        new OutputFormat.Json(),
        Reasoning.UNSET,
        null);
  }

  private static EmbedRequest embed() {
    return new EmbedRequest("embedder", List.of("one", "two"), 256, true, true);
  }

  private static Message.Assistant assistant() {
    return new Message.Assistant("Yes.", "hm", List.of(call()));
  }

  private static ToolCall call() {
    return new ToolCall("call_1", "ls", new RawJson("{\"path\":\"/\"}"), "");
  }

  static BackendStatus status() {
    return new BackendStatus(
        BACKEND,
        Health.SUSPECT,
        "0.24.0",
        2,
        1,
        1,
        3,
        List.of(new LoadedModel("qwen3-coder:30b", 20, 18, 65_536, "2026-01-01T00:00:00Z")),
        List.of(new InstalledModel("qwen3-coder:30b", "sha", Set.of("tools"), true)),
        "a probe failed",
        new Withheld("admin", DEADLINE));
  }
}
