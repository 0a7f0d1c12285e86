package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts one load on one target and counts what comes of it, on the calling thread.
 *
 * <p>In an open loop the time of a request begins when it was due, not when it could be sent: a
 * gateway (or this generator) that stands still for a while is charged for every request that fell
 * due meanwhile. That is the remedy for coordinated omission.
 */
final class Generator implements AutoCloseable {
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  private final Target target;
  private final Load load;
  private final Span span;
  private final Tally tally = new Tally();
  private final byte[] request;
  private final int number;
  private final String ending;
  private final Selector selector = Selector.open();
  private final Metronome metronome = new Metronome(selector);
  private final ByteBuffer input = ByteBuffer.allocate(65_536);
  private final Deque<Client> idle = new ArrayDeque<>();
  private final Set<Client> busy = new HashSet<>();
  private long start;
  private int begun;
  private int speaking;

  /** Is told of the span in which all requests of an open loop are being answered. */
  interface Span {
    /** The last request has its first token; so many tokens have come. */
    void allSpeak(long tokens);

    /** The first answer ends; so many tokens have come. */
    void firstEnds(long tokens);

    Span UNWATCHED =
        new Span() {
          @Override
          public void allSpeak(long tokens) {}

          @Override
          public void firstEnds(long tokens) {}
        };
  }

  Generator(Target target, Load load, Span span) throws IOException {
    this.target = target;
    this.load = load;
    this.span = span;
    this.request = target.request(load.ask());
    this.number =
        new String(request, StandardCharsets.US_ASCII).indexOf(Ask.NUMBER) + Ask.NUMBER.length();
    this.ending = target.ending(load.ask());
  }

  Tally run() throws IOException {
    connect();
    start = System.nanoTime();
    switch (load.arrivals()) {
      case Arrivals.Closed closed -> closed(closed);
      case Arrivals.Open open -> open(open);
    }
    busy.forEach(unanswered -> tally.failed("no end within 30 s"));
    return tally;
  }

  /** Connections are made before the clock starts, so that every path is measured warm. */
  private void connect() throws IOException {
    int wanted =
        switch (load.arrivals()) {
          case Arrivals.Closed closed -> closed.connections();
          case Arrivals.Open open -> load.onlyWhileAllRun() ? open.count() : 32;
        };
    for (int i = 0; i < wanted; i++) {
      idle.push(connection());
    }
  }

  private Client connection() throws IOException {
    return new Client(target.port(), selector, new Answer(tally.delays()));
  }

  private void closed(Arrivals.Closed closed) throws IOException {
    for (int i = 0; i < closed.connections(); i++) {
      begin(start);
    }
    long end = start + closed.time().toNanos();
    while (!busy.isEmpty() && System.nanoTime() < end + PATIENCE) {
      selector.select(this::ready, 100);
      for (long now = System.nanoTime();
          now < end && busy.size() < closed.connections();
          now = System.nanoTime()) {
        begin(now);
      }
    }
  }

  private void open(Arrivals.Open open) throws IOException {
    long end = start + open.due(open.count());
    while (begun < open.count() || (!busy.isEmpty() && System.nanoTime() < end + PATIENCE)) {
      long now = System.nanoTime();
      while (begun < open.count() && start + open.due(begun) <= now) {
        begin(start + open.due(begun));
      }
      if (begun < open.count()) {
        metronome.wakeAt(start + open.due(begun));
      }
      selector.select(this::ready, 100);
    }
  }

  private void begin(long due) throws IOException {
    Client client = idle.isEmpty() ? connection() : idle.pop();
    if (load.ask().from() >= 0) {
      write(load.ask().from() + begun);
    }
    begun++;
    busy.add(client);
    client.ask(request, due);
  }

  /** Into the request, which has been sent as it was before. */
  private void write(int value) {
    int rest = value;
    for (int at = number - 1; at >= number - 8; at--) {
      request[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private void ready(SelectionKey key) {
    Client client = (Client) key.attachment();
    boolean open = false;
    boolean silent = client.answer().firstToken() == 0;
    try {
      open = client.read(input);
    } catch (IOException broken) {
      client.close();
    }
    if (silent && client.answer().firstToken() != 0) {
      speaks();
    }
    if (client.answered() && busy.remove(client)) {
      ended(client);
    } else if (!open) {
      lost(client);
    }
  }

  private void speaks() {
    speaking++;
    if (load.arrivals() instanceof Arrivals.Open open && speaking == open.count()) {
      span.allSpeak(tally.delays().getTotalCount());
    }
  }

  private void ended(Client client) {
    if (tally.answers() == 0) {
      span.firstEnds(tally.delays().getTotalCount());
    }
    tally.answered(client, load.ask(), ending, System.nanoTime());
    if (client.reusable()) {
      idle.push(client);
    } else {
      client.close();
    }
  }

  private void lost(Client client) {
    client.close();
    idle.remove(client);
    if (busy.remove(client)) {
      tally.failed("the connection was closed");
    }
  }

  @Override
  public void close() throws IOException {
    busy.forEach(Client::close);
    idle.forEach(Client::close);
    metronome.close();
    selector.close();
  }
}
