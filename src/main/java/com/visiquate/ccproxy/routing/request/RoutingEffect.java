package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.bus.ScheduleEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the world must do because of an event; decided by {@link Scheduler}. */
public sealed interface RoutingEffect {

  /** Run it there now. */
  record Start(Submission submission, Placement placement, ModelSpec model, Estimate estimate)
      implements RoutingEffect {}

  /** The same request runs for one whose client has left: it goes on for this one. */
  record TakeOver(Start start, ExchangeId from) implements RoutingEffect {}

  /** It is admitted and waits; {@code place} counts from 1. */
  record Wait(Submission submission, int place, Duration estimate) implements RoutingEffect {}

  /** It is not admitted; it would have had this place, if it had been asked for, and waited so. */
  record Refuse(Submission submission, Failure failure, int place, Duration estimate)
      implements RoutingEffect {}

  /** It still waits, at another place than it was told last. */
  record Still(Submission submission, int place, Duration estimate) implements RoutingEffect {}

  /**
   * It was admitted, and will not be answered.
   *
   * @param placement where it ran last; null when it never ran
   */
  record Fail(
      Submission submission, @Nullable Placement placement, Failure failure, Outcome outcome)
      implements RoutingEffect {}

  /** An operator has ended it; whoever holds its client's connection gives it up. */
  record Cancel(Submission submission, @Nullable Placement placement) implements RoutingEffect {}

  /** It runs there, and nobody wants its answer any more. */
  record Stop(ExchangeId exchange, BackendId backend, Why why) implements RoutingEffect {}

  /** So many waiting requests are expected to run there next. */
  record Expect(BackendId backend, int waiting) implements RoutingEffect {}

  /** So many requests of this class wait for this model. */
  record Depth(ModelName model, Priority priority, int waiting) implements RoutingEffect {}

  /** Something that is counted. */
  record Note(Fact fact) implements RoutingEffect {}

  /** Something happened to a request that those who keep account want to know. */
  record Happened(ScheduleEvent event) implements RoutingEffect {}

  /** Something else is believed of a backend from now on; it is counted, and operators are told. */
  record Correct(Fact.Corrected fact) implements RoutingEffect {}

  /** Abandoned prompts run on there: their connections are kept until they are done. */
  record Haunted(BackendId backend) implements RoutingEffect {}

  /** Something may be due then: {@link Scheduler#tick}. Replaces every earlier one. */
  record WakeAt(Instant instant) implements RoutingEffect {}
}
