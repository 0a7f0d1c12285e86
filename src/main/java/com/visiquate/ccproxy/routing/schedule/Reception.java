package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a request that asked to be let in.
 *
 * @param effects what follows from it, whether it was let in or not
 * @param admission what its client is told, unless it knows already
 */
public record Reception(List<RoutingEffect> effects, Admission admission) {

  /** It was not even looked at. */
  static Reception refused(Failure failure) {
    return new Reception(List.of(), new Refused(failure));
  }

  /** It runs. */
  static Reception started(List<RoutingEffect> effects, Submission submission) {
    return new Reception(effects, new Admitted(submission.certain(), 0, Duration.ZERO));
  }

  boolean isLetIn() {
    return admission instanceof Admitted;
  }

  /** The same with what was done before and after. */
  Reception between(List<RoutingEffect> before, List<RoutingEffect> after) {
    List<RoutingEffect> all = new ArrayList<>(before);
    all.addAll(effects);
    all.addAll(after);
    return new Reception(all, admission);
  }
}
