package com.visiquate.ccproxy.config.litellm;

import java.math.BigDecimal;

/** {@code server}, which LiteLLM itself ignores, and the limit of a request's size. */
final class ServerPart {
  private static final BigDecimal KIB = BigDecimal.valueOf(1024);
  private static final int HIGHEST_PORT = 65_535;
  private final Block file;
  private final Draft draft;

  ServerPart(Block file, Draft draft) {
    this.file = file;
    this.draft = draft;
  }

  void translate() {
    Block server = file.block("server");
    server.entry("host").map(entry -> entry.used("server.host")).ifPresent(this::host);
    server.entry("port").map(entry -> entry.used("server.port")).ifPresent(this::port);
    file.block("general_settings")
        .entry("max_request_size_mb")
        .map(entry -> entry.used("server.body-limit"))
        .ifPresent(this::bodyLimit);
  }

  private void host(Entry entry) {
    entry.value().ifPresent(host -> section().text("host", host.reference(), entry.mark()));
  }

  private void port(Entry entry) {
    entry
        .whole(0)
        .ifPresent(
            port -> {
              if (port > HIGHEST_PORT) {
                entry.wrong("0 to " + HIGHEST_PORT);
              }
              section().plain("port", port.toString(), entry.mark());
            });
  }

  private void bodyLimit(Entry entry) {
    entry
        .number()
        .ifPresent(
            megabytes -> {
              long kib = megabytes.multiply(KIB).longValue();
              if (kib < 1 || kib > KIB.multiply(KIB).longValue()) {
                entry.wrong("megabytes, up to 1024");
              }
              section().plain("body-limit", kib + "KiB", entry.mark());
            });
  }

  private Draft section() {
    return draft.section("server", file.mark());
  }
}
