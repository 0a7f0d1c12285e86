package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.bus.SuccessionMessage.Adopt;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Succession.Inherited;
import java.time.Instant;

/** What runs already, in the scheduler's words. */
final class Inheritance {
  private Inheritance() {}

  static Inherited of(Adopt adopt, Instant now) {
    Submission submission = submission(adopt.start(), adopt.client());
    return new Inherited(
        submission, adopt.backend(), now.minus(adopt.since()), adopt.spoke(), adopt.ghost());
  }

  /** What has run to its end. */
  static Inherited of(Start start, ClientId client, Ended ended, Instant now) {
    return new Inherited(submission(start, client), ended.backend(), now, true, true);
  }

  /** Its class and its fallbacks have done their work: it has its slot. */
  private static Submission submission(Start start, ClientId client) {
    return new Submission(
        start.exchange(),
        start.ingress(),
        start.model().name(),
        start.request(),
        Priority.NORMAL,
        client,
        start.deadline(),
        FallbackOptions.NONE,
        start.whole(),
        null);
  }
}
