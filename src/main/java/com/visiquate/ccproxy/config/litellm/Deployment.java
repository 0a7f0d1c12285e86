package com.visiquate.ccproxy.config.litellm;

import java.util.List;
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

  /** What speaks OpenAI's API may be an Ollama, where it is not OpenAI itself. */
  private static final Set<String> ALIKE =
      Set.of("openai", "custom_openai", "text-completion-openai", "hosted_vllm");

  private static final String ALL = "*";
  private static final String USUAL = "http://localhost:11434";

  /** Empty after the problem has been noted; several where all models of an Ollama are meant. */
  static List<Deployment> read(Block entry, Survey survey) {
    Block params = entry.block("litellm_params");
    Optional<Entry> name = entry.required("model_name");
    Optional<Entry> model = params.required("model");
    Optional<String> group = name.flatMap(Deployment::name);
    Optional<String> ollama = model.flatMap(written -> ollama(written, params));
    Value base = base(params, survey);
    Optional<Address> address = address(base, params, model);
    Tuning tuning = Tuning.read(params, entry.block("model_info"));
    if (model.isEmpty() || group.isEmpty() || ollama.isEmpty() || address.isEmpty()) {
      return List.of();
    }
    String url = url(base, address.get());
    Deployment one =
        new Deployment(model.get(), group.get(), ollama.get(), address.get(), url, tuning);
    return one.ollama().equals(ALL) ? one.each(survey) : List.of(one);
  }

  /** One for each model that its Ollama has now. */
  private List<Deployment> each(Survey survey) {
    List<String> installed = survey.installed(address.url());
    if (installed.isEmpty()) {
      model.wrong(
          "the name of one model that Ollama has, such as ollama_chat/qwen3:8b; "
              + "no Ollama at api_base says which it has");
    }
    return installed.stream()
        .map(name -> new Deployment(model, group.replace(ALL, name), name, address, url, tuning))
        .toList();
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
    boolean named = params.entry("api_base").or(() -> params.entry("base_url")).isPresent();
    Optional<Value> model = entry.value();
    boolean alike = named && isAlike(model.map(Value::text).orElse(""), provider.orElse(""));
    String note = alike ? ", if api_base is an Ollama: its /api/version tells" : "";
    entry.used("models[].ollama" + note);
    return model.flatMap(
        written -> ollama(entry, alike ? "ollama" : provider.orElse(""), written.text()));
  }

  private static boolean isAlike(String model, String provider) {
    return ALIKE.contains(provider) || ALIKE.contains(prefix(model));
  }

  private static String prefix(String model) {
    return model.substring(0, Math.max(0, model.indexOf('/')));
  }

  private static Optional<String> ollama(Entry entry, String provider, String model) {
    String prefix = prefix(model);
    boolean isPrefixed =
        PROVIDERS.contains(prefix) || (PROVIDERS.contains(provider) && ALIKE.contains(prefix));
    String name = isPrefixed ? model.substring(prefix.length() + 1) : model;
    if (!isPrefixed && !PROVIDERS.contains(provider)) {
      entry.wrong("ollama_chat/NAME or ollama/NAME, because ccproxy serves Ollama only");
      return Optional.empty();
    }
    if (name.isBlank() || (name.contains(ALL) && !name.equals(ALL))) {
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
