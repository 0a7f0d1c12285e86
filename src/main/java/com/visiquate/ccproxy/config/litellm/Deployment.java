package com.visiquate.ccproxy.config.litellm;

import java.util.Optional;
import java.util.Set;

/**
 * One entry of {@code model_list}.
 *
 * @param group its {@code model_name}
 * @param ollama the name that Ollama knows
 */
record Deployment(
    Entry model, String group, String ollama, Address address, String url, Tuning tuning) {
  private static final Set<String> PROVIDERS = Set.of("ollama", "ollama_chat");
  private static final String USUAL = "http://localhost:11434";

  /** Empty after the problem has been noted. */
  static Optional<Deployment> read(Block entry, Survey survey) {
    Block params = entry.block("litellm_params");
    Optional<Entry> name = entry.required("model_name");
    Optional<Entry> model = params.required("model");
    Optional<String> group = name.flatMap(Deployment::name);
    Optional<String> ollama = model.flatMap(written -> ollama(written, params));
    Value base = base(params, survey);
    Optional<Address> address = address(base, params, model);
    Tuning tuning = Tuning.read(params, entry.block("model_info"));
    if (model.isEmpty() || group.isEmpty() || ollama.isEmpty() || address.isEmpty()) {
      return Optional.empty();
    }
    String url = url(base, address.get());
    return Optional.of(
        new Deployment(model.get(), group.get(), ollama.get(), address.get(), url, tuning));
  }

  private static Optional<String> name(Entry entry) {
    Optional<String> name = entry.used("a name that clients may use").value().map(Value::text);
    if (name.filter(String::isBlank).isPresent()) {
      entry.wrong("a name");
      return Optional.empty();
    }
    return name;
  }

  private static Optional<String> ollama(Entry entry, Block params) {
    Optional<String> provider =
        params
            .entry("custom_llm_provider")
            .flatMap(written -> written.used("models[].ollama").value().map(Value::text));
    return entry
        .used("models[].ollama")
        .value()
        .flatMap(model -> ollama(entry, provider.orElse(""), model.text()));
  }

  private static Optional<String> ollama(Entry entry, String provider, String model) {
    int slash = model.indexOf('/');
    String prefix = slash < 0 ? "" : model.substring(0, slash);
    boolean isPrefixed = PROVIDERS.contains(prefix);
    String name = isPrefixed ? model.substring(slash + 1) : model;
    if (!isPrefixed && !PROVIDERS.contains(provider)) {
      entry.wrong("ollama_chat/NAME or ollama/NAME, because ccproxy serves Ollama only");
      return Optional.empty();
    }
    if (name.isBlank() || name.contains("*")) {
      entry.wrong("the name of one model that Ollama has, such as ollama_chat/qwen3:8b");
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private static Value base(Block params, Survey survey) {
    String variable = "OLLAMA_API_BASE";
    Optional<Value> written =
        params
            .entry("api_base")
            .or(() -> params.entry("base_url"))
            .flatMap(entry -> entry.used("backends[].url").value());
    Optional<String> usual = survey.variables().value(variable);
    return written.orElseGet(
        () ->
            usual
                .map(text -> new Value(text, survey.variables().reference(variable)))
                .orElse(new Value(USUAL, USUAL)));
  }

  private static Optional<Address> address(Value base, Block params, Optional<Entry> model) {
    Optional<Address> address = Address.of(base.text());
    if (address.isEmpty()) {
      params
          .entry("api_base")
          .or(() -> params.entry("base_url"))
          .or(() -> model)
          .ifPresent(entry -> entry.wrong("http://host:port of an Ollama, without a path"));
    }
    return address;
  }

  private static String url(Value base, Address address) {
    boolean isPlain = base.text().replaceFirst("/$", "").equals(address.url());
    return isPlain ? base.reference() : address.url();
  }
}
