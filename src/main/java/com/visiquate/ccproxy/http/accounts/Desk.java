package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.http.accounts.AccountsClient.Untold;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a question in and gives its answer out: whose it is, in which form it is wanted. */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final String CSV = "text/csv; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final AccountsClient records;
  private final Gate gate;
  private final SmallRoutes routes;

  Desk(Bus bus, Gate gate, SmallRoutes routes) {
    this.records = new AccountsClient(bus);
    this.gate = gate;
    this.routes = routes;
  }

  /** How an answer may be written. */
  enum Form {
    JSON(HttpReply.JSON),
    CSV(Desk.CSV),
    TEXT(Desk.TEXT);

    private final String type;

    Form(String type) {
      this.type = type;
    }
  }

  AccountsClient records() {
    return records;
  }

  /** A path that answers with JSON alone. */
  void json(String path, Function<Asked, Future<String>> answer) {
    routes.read(path, context -> answer(context, Form.JSON, answer.apply(asked(context))));
  }

  /** A path that answers in the form that is asked for. */
  void forms(String path, Function<Asked, Future<Function<Form, String>>> answer) {
    routes.read(
        path,
        context -> {
          Form form = form(context.request());
          if (form == null) {
            String message = "format must be json, csv or text.";
            Failure wrong = Failure.invalid(message, "format", "invalid_value");
            routes.refuse(context, Refusal.of(wrong));
          } else {
            answer(context, form, answer.apply(asked(context)).map(words -> words.apply(form)));
          }
        });
  }

  /**
   * A question and who asks it.
   *
   * @param key sees only this key's own; null sees all
   * @param id what its path names; empty for most
   */
  record Asked(Question question, @Nullable String key, String id) {}

  private Asked asked(RoutingContext context) {
    HttpServerRequest request = context.request();
    AccessKey key = gate.key(request);
    String id = context.pathParam("id");
    return new Asked(
        Question.of(request.params().names(), name -> last(request, name)),
        key == null || key.operator() ? null : key.name(),
        id == null ? "" : id);
  }

  private static String last(HttpServerRequest request, String name) {
    return request.params().getAll(name).getLast();
  }

  private void answer(RoutingContext context, Form form, Future<String> answer) {
    answer
        .onSuccess(body -> SmallRoutes.send(context, 200, form.type, Buffer.buffer(body)))
        .onFailure(cause -> routes.refuse(context, refusal(cause)));
  }

  private static Refusal refusal(Throwable cause) {
    if (cause instanceof Untold untold) {
      return untold.refusal();
    }
    LOG.error("a question about what was used failed by a bug", cause);
    return Refusal.of(Failure.bug());
  }

  private static @Nullable Form form(HttpServerRequest request) {
    String format = request.getParam("format");
    if (format != null) {
      return switch (format) {
        case "json" -> Form.JSON;
        case "csv" -> Form.CSV;
        case "text" -> Form.TEXT;
        default -> null;
      };
    }
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    String first = accept == null ? "" : accept.strip();
    if (first.startsWith("text/csv")) {
      return Form.CSV;
    }
    return first.startsWith("text/plain") ? Form.TEXT : Form.JSON;
  }
}
