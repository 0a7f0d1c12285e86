package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the compared gateways are configured and started, each before the same backend. */
enum Gateways {
  NGINX("/api/version", Target.Speaks.OLLAMA) {
    @Override
    Path configure(Path folder, String more, int port, int backend) throws IOException {
      String text =
          """
          daemon off;
          worker_processes 1;
          worker_rlimit_nofile 16384;
          pid nginx.pid;
          error_log stderr warn;
          events { worker_connections 8192; }
          http {
            access_log off;
            keepalive_requests 100000000;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            upstream ollama {
              server 127.0.0.1:%d;
              keepalive 1024;
              keepalive_requests 100000000;
            }
            server {
              listen 127.0.0.1:%d backlog=4096;
              location / {
                proxy_pass http://ollama;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_buffering off;
                proxy_read_timeout 300s;
              }
            }
          }
          """;
      return Files.writeString(folder.resolve("nginx.conf"), text.formatted(backend, port));
    }

    @Override
    List<String> command(Path configuration, Settings settings) {
      String folder = configuration.toAbsolutePath().getParent().toString();
      return List.of(
          settings.nginx(),
          "-e",
          "stderr",
          "-p",
          folder,
          "-c",
          configuration.toAbsolutePath().toString());
    }
  },

  CCPROXY("/health", Target.Speaks.OPENAI) {
    @Override
    Path configure(Path folder, String more, int port, int backend) throws IOException {
      String text =
          """
          server: {host: 127.0.0.1, port: %d, rehearsal: 0}
          backends:
            - {id: fake, url: "http://127.0.0.1:%d", slots: 1000}
          models:
            - {name: %s, ollama: "%s", context: 32768, backends: [fake], warm: true}
          queue: {length: 10000, wait: 300s}
          logging: {access: false}
          """;
      return Files.writeString(
          folder.resolve("ccproxy.yaml"),
          text.formatted(port, backend, Ask.ALIAS, Ask.MODEL) + more);
    }

    @Override
    List<String> command(Path configuration, Settings settings) {
      List<String> command =
          new ArrayList<>(List.of(Program.java(), "-Xmx512m", "-XX:+UseParallelGC"));
      if (Runtime.version().feature() >= 25) {
        // As launchd/java.sh starts it.
        command.add("--sun-misc-unsafe-memory-access=allow");
      }
      command.addAll(settings.javaOptions());
      command.addAll(List.of("-jar", settings.jar().toString()));
      command.addAll(List.of("--config", configuration.toAbsolutePath().toString()));
      return command;
    }
  };

  private final String health;
  private final Target.Speaks speaks;

  Gateways(String health, Target.Speaks speaks) {
    this.health = health;
    this.speaks = speaks;
  }

  /**
   * Writes its configuration.
   *
   * @param more lines for ccproxy's
   */
  abstract Path configure(Path folder, String more, int port, int backend) throws IOException;

  abstract List<String> command(Path configuration, Settings settings);

  /** A gateway that answers, and how to reach it. */
  record Running(Program program, Target target) {}

  Running start(String cores, int backend, Settings settings)
      throws IOException, InterruptedException {
    int port = Program.freePort();
    Path configuration = configure(settings.folder(), Stages.of(settings), port, backend);
    Path log = settings.folder().resolve(label() + ".log");
    Program program = Program.start(cores, log, command(configuration, settings));
    program.awaitReady("http://127.0.0.1:%d%s".formatted(port, health));
    return new Running(program, new Target(label(), port, speaks));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
