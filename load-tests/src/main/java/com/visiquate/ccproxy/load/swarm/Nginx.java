package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * nginx with {@code least_conn}, one port a model, as one puts it before Ollamas: no buffering, no
 * time-outs that a queue could run into, and the queue itself inside the Ollamas.
 */
final class Nginx {
  private static final String CONFIGURATION =
      """
      daemon off;
      worker_processes 1;
      pid nginx-swarm.pid;
      error_log stderr warn;
      events { worker_connections 4096; }
      http {
        access_log off;
        client_max_body_size 64m;
        client_body_buffer_size 1m;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_buffering off;
        proxy_read_timeout 2h;
        proxy_next_upstream off;
        upstream fast {
          least_conn;
          server 127.0.0.1:%d max_fails=0;
          server 127.0.0.1:%d max_fails=0;
          keepalive 256;
        }
        upstream quality { server 127.0.0.1:%d max_fails=0; keepalive 256; }
        server { listen 127.0.0.1:%d; location / { proxy_pass http://fast; } }
        server { listen 127.0.0.1:%d; location / { proxy_pass http://quality; } }
      }
      """;

  private Nginx() {}

  static Front start(Site site) throws IOException, InterruptedException {
    int fast = Program.freePort();
    int quality = Program.freePort();
    Path file = site.folder().resolve("nginx.conf").toAbsolutePath();
    Files.writeString(
        file,
        CONFIGURATION.formatted(
            site.ollamas().get(0).getPort(),
            site.ollamas().get(1).getPort(),
            site.ollamas().get(2).getPort(),
            fast,
            quality));
    String folder = file.getParent().toString();
    List<String> command =
        List.of(Program.find("nginx"), "-e", "stderr", "-p", folder, "-c", file.toString());
    Program program = Program.start(site.folder().resolve("nginx.log"), command);
    program.awaitReady(Site.local(fast) + "/api/version");
    return new Front(
        program,
        new Ollama(),
        Map.of(Model.FAST, Site.local(fast), Model.QUALITY, Site.local(quality)));
  }
}
