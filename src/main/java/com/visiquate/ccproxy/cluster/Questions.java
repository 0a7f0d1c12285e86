package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Question;
import com.visiquate.ccproxy.bus.NodeMessage.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Questions to those who know, on whatever node they are: those of operators, and of this node to
 * the turnstile of all.
 */
final class Questions {
  /** As long as the loading of a large model. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** Nobody may be asked or told anything else from outside. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "leader\\.(routing\\.(inspect|steer)|access\\.claim)|cache\\.discard"
              + "|backend\\..+\\.(inquiry|look|manage|warm)");

  private final Vertx vertx;
  private final Bus bus;
  private final Member self;
  private final BiConsumer<Member, NodeMessage.Content> post;
  private final Map<Long, Promise<BusMessage>> open = new HashMap<>();
  private long numbers;

  Questions(Vertx vertx, Bus bus, Member self, BiConsumer<Member, NodeMessage.Content> post) {
    this.vertx = vertx;
    this.bus = bus;
    this.self = self;
    this.post = post;
  }

  /** Asks; the future fails when nobody answers. */
  <T extends BusMessage, G extends BusMessage> Future<G> ask(
      Member whom, Address<T, G> address, T question) {
    return ask(whom, address, question, PATIENCE);
  }

  /** Asks; the future fails when nobody answers within this time. */
  @SuppressWarnings("unchecked") // an address says what is answered there
  <T extends BusMessage, G extends BusMessage> Future<G> ask(
      Member whom, Address<T, G> address, T question, Duration within) {
    if (whom.equals(self)) {
      return bus.ask(address, question, within);
    }
    long number = ++numbers;
    Promise<BusMessage> promise = Promise.promise();
    open.put(number, promise);
    long timer = vertx.setTimer(within.toMillis(), late -> end(number, null));
    post.accept(whom, new Question(number, address.name(), question));
    return promise.future().onComplete(done -> vertx.cancelTimer(timer)).map(answer -> (G) answer);
  }

  /** Asks several; those who do not answer in a moment are passed over. */
  <T extends BusMessage, G extends BusMessage> Future<List<G>> askAll(
      List<Member> several, Address<T, G> address, T question) {
    List<Future<List<G>>> answers =
        several.stream()
            .map(
                one ->
                    this.<T, G>ask(one, address, question, MOMENT)
                        .map(List::of)
                        .otherwise(List.of()))
            .toList();
    return Future.join(answers)
        .map(all -> answers.stream().flatMap(one -> one.result().stream()).toList());
  }

  /** Another node asks. */
  void asked(Member from, Question question) {
    if (!ALLOWED.matcher(question.address()).matches()) {
      return;
    }
    Address<BusMessage, BusMessage> address = new Address<>(question.address());
    bus.ask(address, question.question(), PATIENCE)
        .onComplete(done -> post.accept(from, new Reply(question.number(), done.result())));
  }

  void replied(Reply reply) {
    end(reply.number(), reply.answer());
  }

  private void end(long number, @Nullable BusMessage answer) {
    Promise<BusMessage> promise = open.remove(number);
    if (promise != null && answer != null) {
      promise.complete(answer);
    } else if (promise != null) {
      promise.fail("no other node answers");
    }
  }
}
