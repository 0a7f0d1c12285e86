package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.request.Submission;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One open request, as {@link ChaosBooks} know it. */
final class ChaosRequest {
  final Submission submission;
  final long number;
  final Instant since;

  /** It may have been asked before, so that it may have the age of the first one. */
  final boolean again;

  /** A first turn that nobody has asked before: nothing makes it wait for a certain backend. */
  final boolean stranger;

  final Set<BackendId> tried = new HashSet<>(2);
  @Nullable BackendId at;
  boolean unanswered;
  boolean spoken;

  /** Its client has left, and it runs on until its backend says that it has ended. */
  boolean leaving;

  ChaosRequest(Submission submission, long number, Instant since, boolean again) {
    this.submission = submission;
    this.number = number;
    this.since = since;
    this.again = again;
    this.stranger = !again && ((ChatRequest) submission.request()).messages().size() == 2;
  }

  ExchangeId exchange() {
    return submission.exchange();
  }

  ModelName model() {
    return submission.model();
  }

  Priority priority() {
    return submission.priority();
  }

  /** Whether they stand in the same line, and both may run wherever their model does. */
  boolean isComparableTo(ChaosRequest other) {
    return model().equals(other.model()) && tried.isEmpty() && other.tried.isEmpty();
  }
}
