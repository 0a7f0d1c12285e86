package com.visiquate.ccproxy.records;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole gateway under 200 requests a second, while its PostgreSQL hangs, is stopped and is killed
 * twice: is a request slower, and is every record there in the end, once?
 */
public final class Outage {
  private static final int RATE = 200;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final Path folder = Files.createTempDirectory("outage");
  private final int port = freePort();
  private final List<String> rows = new ArrayList<>();
  private final Programs programs;
  private final Crowd crowd;
  private EmbeddedPostgres database = start();

  private Outage(Path jar) throws IOException, InterruptedException {
    this.programs = new Programs(jar, folder, address());
    this.crowd = new Crowd(programs.gateway(), RATE);
  }

  /** Argument: the jar of the gateway. */
  public static void main(String[] arguments) throws Exception {
    Outage outage = new Outage(Path.of(arguments[0]));
    try {
      outage.run();
    } finally {
      outage.programs.close();
      outage.database.close();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    phase("warming up", 20, () -> {});
    phase("with its database", 20, () -> {});
    phase("the database hangs (SIGSTOP)", 60, () -> signal("STOP"));
    phase("it goes on", 10, () -> signal("CONT"));
    phase("it is stopped", 60, database::close);
    phase("it is back", 10, () -> database = start());
    phase("killed (SIGKILL)", 10, () -> signal("KILL"));
    phase("back", 10, this::again);
    phase("killed again", 10, () -> signal("KILL"));
    phase("back again", 10, this::again);
    System.out.println("| | requests | failed | p50 (ms) | p99 (ms) | worst (ms) |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    rows.forEach(System.out::println);
    System.out.println();
    compare();
  }

  /** Something that happens to the database. */
  private interface Event {
    void happen() throws Exception;
  }

  private void phase(String name, int seconds, Event event) throws Exception {
    Crowd.Phase phase = crowd.begin(name);
    // Beside the crowd: a stop takes its time.
    event.happen();
    crowd.run(seconds);
    if (name.contains("stopped") || name.contains("hangs")) {
      System.out.println("- " + name + ": " + programs.recordsHealth());
    }
    rows.add(phase.row());
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private void again() throws IOException {
    try {
      database.close();
    } catch (IOException | RuntimeException killed) {
      // There is nothing left to stop.
    }
    database = start();
  }

  private void signal(String name) throws IOException, InterruptedException {
    String first = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip();
    List<String> command = new ArrayList<>(List.of("kill", "-" + name, first));
    ProcessHandle.of(Long.parseLong(first))
        .ifPresent(main -> main.descendants().forEach(one -> command.add("" + one.pid())));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private void compare() throws Exception {
    Set<String> asked = new TreeSet<>(crowd.finish());
    long begun = System.nanoTime();
    while (count("select count(*) from requests") < asked.size()
        && System.nanoTime() - begun < PATIENCE_NANOS) {
      LockSupport.parkNanos(200_000_000);
    }
    Set<String> kept = new TreeSet<>();
    try (Connection connection = connect();
        ResultSet row = connection.createStatement().executeQuery("select id from requests")) {
      while (row.next()) {
        kept.add(row.getString(1));
      }
    }
    long rollups = count("select sum(requests) from usage where scope = '' and dimension = 'all'");
    System.out.printf(
        "- requests %,d, records %,d, in the sums %,d; ids equal: %s; checksums %08x and %08x%n",
        asked.size(), kept.size(), rollups, asked.equals(kept), asked.hashCode(), kept.hashCode());
    if (!asked.equals(kept) || rollups != asked.size()) {
      System.err.println("outage: records are missing, or too many");
      System.exit(1);
    }
  }

  private long count(String question) throws SQLException {
    try (Connection connection = connect();
        ResultSet row = connection.createStatement().executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + address().replace("postgres@", "") + "?user=postgres");
  }

  private String address() {
    return "postgresql://postgres@localhost:" + port + "/postgres";
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
