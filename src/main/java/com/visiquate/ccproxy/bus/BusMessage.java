package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the stages say: immutable, by reference; a refusal is a value, never an exception. */
public sealed interface BusMessage
    permits AccessMessage,
        CaptureMessage,
        CacheMessage,
        BudgetMessage,
        AlertMessage,
        ThoughtMessage,
        LoopMessage,
        BusMessage.Submit,
        BusMessage.Leave,
        BusMessage.Order,
        BusMessage.Control,
        BusMessage.Inquiry,
        BusMessage.Found,
        BusMessage.ToIngress,
        MemoryMessage,
        SharedMessage,
        BusMessage.SlotReport,
        WarmupMessage,
        Announcement,
        OperatorMessage,
        SteerMessage,
        FeedMessage,
        ScheduleEvent,
        ScheduleSteps,
        TimelineMessage,
        ReplayMessage,
        RecordsMessage,
        RecordsNews,
        NodeMessage,
        SuccessionMessage,
        Fact {

  /**
   * A request wants a slot.
   *
   * @param ingress number of the {@code http} verticle that holds the client's connection
   * @param chosen the model of several that share its name; null when they do not
   * @param priority the class that the client or its rules ask for; null leaves it to the alias
   * @param deadline when the whole exchange must have ended
   * @param fallback how it may go on when its model does not answer it
   * @param whole whether the client gets nothing before its end, and it may begin anew until then
   * @param conversation tells its conversation from all others; null when nothing does
   */
  record Submit(
      ExchangeId exchange,
      int ingress,
      ModelRequest request,
      @Nullable ModelName chosen,
      @Nullable Priority priority,
      ClientId client,
      Instant deadline,
      FallbackOptions fallback,
      boolean whole,
      @Nullable String conversation)
      implements BusMessage, AboutExchange {
    /** By a name that no models share, of no conversation. */
    public Submit(
        ExchangeId exchange,
        int ingress,
        ModelRequest request,
        @Nullable Priority priority,
        ClientId client,
        Instant deadline,
        FallbackOptions fallback,
        boolean whole) {
      this(exchange, ingress, request, null, priority, client, deadline, fallback, whole, null);
    }
  }

  /** What routing says at once to a {@link Submit}, by {@link Answered}. */
  sealed interface Admission {}

  /**
   * It will run at once, which is place 0, or waits.
   *
   * @param model null when another one may still answer instead
   */
  record Admitted(@Nullable ModelName model, int place, Duration estimate) implements Admission {}

  /** It may not come in; what it would have found there, or place 0 when that was not asked. */
  record Refused(Failure failure, int place, Duration estimate) implements Admission {
    public Refused(Failure failure) {
      this(failure, 0, Duration.ZERO);
    }
  }

  /** The client does not want its answer any more, in whatever phase it is. */
  record Leave(ExchangeId exchange, Why why) implements BusMessage, AboutExchange {}

  /** Why an exchange is given up. */
  enum Why {
    CLIENT_GONE,
    CLIENT_TOO_SLOW,
    TIMEOUT,
    SHUTDOWN,

    /** An operator does not want it to go on. */
    CANCELLED
  }

  // ---- routing to backend

  /** What a backend is to run. */
  sealed interface Order extends BusMessage, AboutExchange {}

  /** Run this now. {@code deadline}, {@code whole} as in {@link Submit}; how long it will read. */
  record Start(
      ExchangeId exchange,
      int ingress,
      ModelSpec model,
      ModelRequest request,
      Placement placement,
      Instant deadline,
      boolean whole,
      Reading reading)
      implements Order {}

  /**
   * The same request is here again, and the client of its first exchange has left: what runs for
   * that one goes on for this one, which gets its answer from the first word on.
   */
  record TakeOver(Start start, ExchangeId from) implements Order {
    @Override
    public ExchangeId exchange() {
      return start.exchange();
    }
  }

  /** Does this run here? Asked when the answer to an {@link Order} is overdue. */
  record Inquiry(ExchangeId exchange) implements BusMessage, AboutExchange {}

  record Found(boolean runs) implements BusMessage {}

  /** What a running exchange is told. */
  sealed interface Control extends BusMessage {}

  /** The ingress can take so many more {@link Said} messages. */
  record Credit(ExchangeId exchange, int messages) implements Control, AboutExchange {}

  record Stop(ExchangeId exchange, Why why) implements Control, AboutExchange {}

  /** So many waiting requests are expected to run here next. */
  record Expected(int waiting) implements Control {}

  /** A prompt was seen to run on here although its connection had been closed. */
  record Haunted() implements Control {}

  // ---- routing and backend to http

  /** What happens to an exchange. */
  sealed interface ToIngress extends BusMessage, AboutExchange
      permits Answered,
          StillWaiting,
          Said,
          Broke,
          Cancelled,
          CacheMessage.Told,
          LoopMessage.Looping {}

  /** The answer to a {@link Submit}; comes before anything else of it. */
  record Answered(ExchangeId exchange, Admission admission) implements ToIngress {}

  record StillWaiting(ExchangeId exchange, int place, Duration estimate) implements ToIngress {}

  /** All events of one read, in order; of a whole answer all at its end, and none before. */
  record Said(ExchangeId exchange, Placement placement, List<ChatEvent> events)
      implements ToIngress {
    public Said {
      events = List.copyOf(events);
    }
  }

  /** It ended without a proper end, and nothing follows; without a placement it never ran. */
  record Broke(ExchangeId exchange, @Nullable Placement placement, Failure failure, Outcome outcome)
      implements ToIngress {}

  /** An operator has ended it; without a placement it never ran. */
  record Cancelled(ExchangeId exchange, @Nullable Placement placement) implements ToIngress {}

  // ---- backend to routing

  /** What became of a slot. */
  sealed interface SlotReport extends BusMessage, AboutExchange {
    BackendId backend();
  }

  /** The answer to an {@link Order}; comes before anything else of its exchange. */
  sealed interface StartReply extends SlotReport {}

  record Started(ExchangeId exchange, BackendId backend) implements StartReply {}

  /** There is no room after all; the request is handed back. */
  record NoRoom(ExchangeId exchange, BackendId backend, String reason) implements StartReply {}

  record FirstToken(ExchangeId exchange, BackendId backend) implements SlotReport {}

  /**
   * It ended here and the client knows; its slot is free, unless {@code ghost}: then it is taken
   * until {@link GhostGone}. What came of the answer is null when nothing is known of it.
   */
  record Ended(
      ExchangeId exchange,
      BackendId backend,
      Outcome outcome,
      Counts counts,
      Message.@Nullable Assistant answer,
      boolean ghost)
      implements SlotReport {}

  /** It failed, and the client has nothing of its answer yet; its slot is free. */
  record Lost(ExchangeId exchange, BackendId backend, Failure failure, boolean elsewhere)
      implements SlotReport {}

  /** Whether its prompt was {@code computed} to its end. */
  record GhostGone(ExchangeId exchange, BackendId backend, boolean computed)
      implements SlotReport {}
}
