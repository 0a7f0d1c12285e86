package com.visiquate.ccproxy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands in for stdout and stderr of this JVM until it is closed. */
public final class Terminal implements AutoCloseable {
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream everything = new ByteArrayOutputStream();
  private final Map<String, CompletableFuture<@Nullable Void>> awaited = new ConcurrentHashMap<>();

  public Terminal() {
    System.setOut(new PrintStream(new Copy(), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Copy(), true, StandardCharsets.UTF_8));
  }

  /** Returns when the text has been printed. */
  public void await(String text) throws Exception {
    CompletableFuture<@Nullable Void> seen =
        awaited.computeIfAbsent(text, wanted -> new CompletableFuture<>());
    look();
    seen.get(20, TimeUnit.SECONDS);
  }

  public String text() {
    return everything.toString(StandardCharsets.UTF_8);
  }

  private void look() {
    String text = text();
    awaited.forEach(
        (wanted, seen) -> {
          if (text.contains(wanted)) {
            seen.complete(null);
          }
        });
  }

  @Override
  public void close() {
    System.setOut(stdout);
    System.setErr(stderr);
  }

  private final class Copy extends OutputStream {
    @Override
    public void write(int oneByte) {
      everything.write(oneByte);
      look();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      everything.write(bytes, offset, length);
      look();
    }
  }
}
