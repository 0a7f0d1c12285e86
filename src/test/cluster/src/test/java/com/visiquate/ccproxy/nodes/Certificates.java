package com.visiquate.ccproxy.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certification authority by openssl, and a certificate of it for every node. */
final class Certificates {
  private static final String DAYS = "2";
  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  static Certificates of(Path parent, String name) throws IOException, InterruptedException {
    Certificates made = new Certificates(Files.createDirectories(parent.resolve(name)));
    Command.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        DAYS,
        "-subj",
        "/CN=" + name,
        "-keyout",
        made.path("ca.key"),
        "-out",
        made.path("ca.pem"));
    for (int node = 1; node <= 4; node++) {
      made.issue(node);
    }
    return made;
  }

  private void issue(int node) throws IOException, InterruptedException {
    Path names =
        Files.writeString(
            folder.resolve("names"), "subjectAltName=IP:" + Network.address(node) + "\n");
    Command.run(
        "openssl",
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=node-" + node,
        "-keyout",
        path(node + ".key"),
        "-out",
        path(node + ".csr"));
    Command.run(
        "openssl",
        "x509",
        "-req",
        "-in",
        path(node + ".csr"),
        "-days",
        DAYS,
        "-CA",
        path("ca.pem"),
        "-CAkey",
        path("ca.key"),
        "-CAcreateserial",
        "-extfile",
        names.toString(),
        "-out",
        path(node + ".pem"));
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  /** Of its configuration, within {@code cluster}. */
  String settings(int node) {
    return "  tls: {certificate: \"%s\", key: \"%s\", ca: \"%s\"}\n"
        .formatted(path(node + ".pem"), path(node + ".key"), path("ca.pem"));
  }
}
