package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.ChatBody.Encoded;
import com.visiquate.ccproxy.ollama.RequestBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells requests apart as Ollama would: by the body that it would get, in canonical form, and by
 * the digest of the model that would read it. Knows the fleet as far as that needs it.
 */
final class Fingerprints {
  private final Map<BackendId, BackendStatus> fleet = new HashMap<>();
  private FleetPlan plan;

  Fingerprints(FleetPlan plan) {
    this.plan = plan;
  }

  void follow(FleetPlan newPlan) {
    plan = newPlan;
  }

  void follow(BackendStatus status) {
    fleet.put(status.id(), status);
  }

  /** What is asked for, as a key; empty when that is not certain. */
  Optional<AnswerKey> of(Submit submit, String scope, String namespace) {
    return spec(submit).flatMap(spec -> key(spec, submit, scope, namespace));
  }

  private Optional<ModelSpec> spec(Submit submit) {
    Optional<Catalogue.Match> match = plan.catalogue().find(submit.request().model());
    ModelName chosen = submit.chosen();
    return chosen == null
        ? match.map(Catalogue.Match::model)
        : plan.catalogue().model(chosen).or(() -> match.map(Catalogue.Match::model));
  }

  private Optional<AnswerKey> key(ModelSpec spec, Submit submit, String scope, String namespace) {
    Optional<InstalledModel> installed = installed(spec);
    if (installed.isEmpty()) {
      return Optional.empty();
    }
    InstalledModel model = installed.get();
    String name = spec.name().value();
    String path = RequestBody.path(submit.request());
    return body(RequestBody.encode(spec, model, submit.request()), submit.request())
        .map(body -> digest(body, scope, namespace, name, model.digest(), path))
        .map(digest -> new AnswerKey(name, namespace, digest));
  }

  /** Any backend may answer, so that all must have the same; one that has not said may not. */
  private Optional<InstalledModel> installed(ModelSpec spec) {
    List<Optional<InstalledModel>> all =
        spec.backends().stream()
            .filter(id -> plan.backend(id).isPresent())
            .map(id -> installed(spec, id))
            .toList();
    long kinds =
        all.stream().map(one -> one.map(InstalledModel::digest).orElse("")).distinct().count();
    return kinds == 1
        ? all.getFirst().filter(model -> !model.digest().isEmpty())
        : Optional.empty();
  }

  private Optional<InstalledModel> installed(ModelSpec spec, BackendId id) {
    BackendStatus status = fleet.get(id);
    return status == null
        ? Optional.empty()
        : status.installed().stream().filter(one -> spec.isCalled(one.ollama())).findFirst();
  }

  /** Only where JSON of the client stands in it there is more than one way to say the same. */
  private static Optional<byte[]> body(Encoded encoded, ModelRequest request) {
    try {
      return encoded instanceof Encoded.Body(var body)
          ? Optional.of(holdsJson(request) ? CanonicalJson.of(body) : body)
          : Optional.empty();
    } catch (IOException tooMuch) {
      return Optional.empty();
    }
  }

  private static boolean holdsJson(ModelRequest request) {
    return switch (request) {
      case EmbedRequest embed -> false;
      case GenerateRequest text -> holdsJson(text.format(), text.sampling());
      case ChatRequest chat ->
          !chat.tools().isEmpty()
              || holdsJson(chat.format(), chat.sampling())
              || chat.messages().stream().anyMatch(Fingerprints::calls);
    };
  }

  private static boolean holdsJson(OutputFormat format, Sampling sampling) {
    return !(format instanceof OutputFormat.Text) || !sampling.further().isEmpty();
  }

  private static boolean calls(Message message) {
    return message instanceof Message.Assistant said && !said.calls().isEmpty();
  }

  private static String digest(byte[] body, String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // Its length first: no part can be taken for the end of another.
        sha.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        sha.update((byte) ':');
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
